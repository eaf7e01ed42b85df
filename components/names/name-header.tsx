'use client'

import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { anchorOf } from '../../lib/ledger/anchors'
import type { FacetCount } from '../../lib/manifest/manifest'
import { Headline } from '../filter-page/headline'
import { CopyButton } from '../ui/copy-button'
import { PageLink } from '../ui/page-link'
import type { CountsResult } from '../use-counts'
import { SummaryHeadline } from './summary-headline'

/** Name and headline numbers of a dataset or label, and a link to the overview with its filter. */
export function NameHeader({
  facet,
  name,
  filter,
  result,
  summary,
}: {
  facet: 'dataset' | 'label'
  name: string
  filter: Filter
  result: CountsResult
  /** Counts of the summary, shown until others are there. */
  summary: FacetCount | undefined
}) {
  const query = formatFilter(filter)
  const line = anchorOf(facet, name)
  return (
    <div className="flex flex-col gap-2 border-b border-line py-3">
      <div>
        <p className="text-[11px] text-muted">{facet === 'dataset' ? 'Dataset' : 'Label'}</p>
        <h1 className="text-xl leading-tight font-semibold break-words">{name}</h1>
      </div>
      {result.counts ? (
        <Headline result={result} line={line} />
      ) : (
        <SummaryHeadline facet={facet} row={summary} line={line} />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <PageLink href={`/?${query}`} className="underline">
          Show in overview
        </PageLink>
        <span className="flex min-w-0 items-center gap-1.5">
          <code className="min-w-0 truncate bg-raised px-1.5 py-0.5 text-[12px]">{query}</code>
          <CopyButton text={query} what="filter" />
        </span>
      </div>
    </div>
  )
}
