'use client'

import type { FacetName } from '../../lib/filter/facets'
import { EMPTY_FILTER, type Filter, wantsAll } from '../../lib/filter/filter'
import type { Counts } from '../../lib/queries/counts'
import { updateFilter } from '../use-filter'
import { anyInstead, emptyText, filterParts } from './filter-parts'

/** Said where the filter leaves nothing: what no image has together, and what to drop. */
export function EmptyNotice({ filter, counts }: { filter: Filter; counts: Counts }) {
  const parts = filterParts(filter)
  // A facet's own counts are those under all others: what is left once it is dropped.
  const helping = parts.filter(({ facet }) => wantsAll(filter, facet) || hasOwn(counts, facet))
  const any = anyInstead(filter)
  const shown = helping.length > 0 ? helping : parts.length > 1 ? [] : parts
  return (
    <div
      role="status"
      data-testid="nothing"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-sm border border-line bg-raised px-2 py-1"
    >
      <p>
        {emptyText(parts)}{' '}
        {helping.length === 0 && parts.length > 1 && 'Dropping any one of them leaves none, too.'}
      </p>
      {shown.map(({ text, without }) => (
        <NoticeButton key={text} onClick={() => updateFilter(without)}>
          Drop {text}
        </NoticeButton>
      ))}
      {any && (
        <NoticeButton onClick={() => updateFilter(() => any)}>Ask for any of them</NoticeButton>
      )}
      {parts.length > 1 && (
        <NoticeButton onClick={() => updateFilter(() => EMPTY_FILTER)}>Drop all</NoticeButton>
      )}
    </div>
  )
}

function NoticeButton({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-[24px] rounded-sm border border-line bg-background px-1.5 text-left hover:border-muted max-md:min-h-[36px]"
    >
      {children}
    </button>
  )
}

const hasOwn = ({ areas, facets }: Counts, facet: FacetName): boolean =>
  facet === 'area' ? areas.some(n => n > 0) : facets[facet].some(row => row.images > 0)
