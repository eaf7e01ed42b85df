'use client'

import { EMPTY_FILTER, type Filter } from '../../lib/filter/filter'
import { countOf } from '../../lib/format'
import { updateFilter } from '../use-filter'
import { emptyText, filterParts } from './filter-parts'
import { useRemedies } from './use-remedies'

/**
 * Notice for a filter without images: the conditions that no image meets together, and the smallest changes that
 * help.
 */
export function EmptyNotice({ filter }: { filter: Filter }) {
  const parts = filterParts(filter)
  const remedies = useRemedies(filter)
  const isStuck = parts.length > 1 && remedies !== null && remedies[0]?.size !== 1
  return (
    <div
      role="status"
      aria-busy={remedies === null}
      data-testid="nothing"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-sm border border-line bg-raised px-2 py-1"
    >
      <p>
        {emptyText(parts)} {isStuck && 'Removing any single filter still leaves no images.'}
      </p>
      {remedies === null && <span className="text-muted">Looking for broader filters…</span>}
      {remedies?.map(({ text, images, change }) => (
        <NoticeButton
          key={text}
          title={`Leaves ${countOf(images, 'image')}`}
          onClick={() => updateFilter(change)}
        >
          {text}
        </NoticeButton>
      ))}
      <NoticeButton onClick={() => updateFilter(() => EMPTY_FILTER)}>
        {parts.length > 1 ? 'Remove all' : `Remove ${parts.map(({ text }) => text).join()}`}
      </NoticeButton>
    </div>
  )
}

function NoticeButton({
  title,
  onClick,
  children,
}: {
  title?: string
  onClick: () => void
  children: React.ReactNode
}) {
  return (
    <button
      type="button"
      title={title}
      onClick={onClick}
      className="min-h-[24px] rounded-sm border border-line bg-background px-1.5 text-left hover:border-muted max-md:min-h-[36px]"
    >
      {children}
    </button>
  )
}
