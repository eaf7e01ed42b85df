import { countOf } from '../../lib/format'
import type { ImageRow } from '../../lib/queries/image-rows'

/** The heading above the pictures of a case. */
export function CaseHeading({
  row,
  images,
  columns,
}: {
  /** The first image of the case; undefined until it is read. */
  row: ImageRow | undefined
  images: number
  columns: number
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no rows that come and go
    // biome-ignore lint/a11y/useFocusableInteractive: nothing to do here
    <div
      role="gridcell"
      aria-colspan={columns}
      data-testid="case-heading"
      className="flex min-w-0 grow items-end gap-2 pb-1"
    >
      <span className="truncate font-semibold">{row ? row.caseName : '\u00a0'}</span>
      <span className="shrink-0 text-[11px] text-muted">
        {row && `${row.dataset} · `}
        {countOf(images, row?.slice === null ? 'picture' : 'slice')}
      </span>
    </div>
  )
}
