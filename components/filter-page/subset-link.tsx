import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { PageLink } from '../ui/page-link'

/** Link to the subset page, starting with this filter. */
export function SubsetLink({ filter }: { filter: Filter }) {
  return (
    <PageLink
      href={`/subset?add=${encodeURIComponent(formatFilter(filter))}`}
      data-testid="to-subset"
      aria-label="Subset of these images"
      className="flex min-h-[28px] items-center rounded-sm border border-line px-2 hover:border-muted max-md:min-h-[36px]"
    >
      Subset
    </PageLink>
  )
}
