'use client'

import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { useEngine } from '../engine-provider'
import { BYTES_OF, filesText } from '../filter-page/cost-words'
import { LedgerLink } from '../filter-page/ledger-link'

const LATER = 'Counted once the counts are loaded'

/** The headline before the cubes are loaded: what the summary says, in the final places. */
export function SummaryHeadline({
  facet,
  row,
  line,
}: {
  facet: 'dataset' | 'label'
  row: FacetCount | undefined
  /** The ledger's line of the dataset or label. */
  line: string
}) {
  const { totals } = useEngine().manifest.summary
  const numbers = [
    { id: 'images', value: row?.images, note: `of ${formatCount(totals.images)} images` },
    { id: 'masks', value: row?.masks, note: `of ${formatCount(totals.masks)} masks` },
    {
      id: 'datasets',
      value: facet === 'dataset' && row ? 1 : undefined,
      note: `of ${formatCount(totals.datasets)} datasets`,
    },
    { id: 'patients', value: undefined, note: `of ${formatCount(totals.patients)} patients` },
    { id: 'cases', value: undefined, note: `of ${formatCount(totals.cases)} cases` },
    {
      id: 'bytes',
      value: undefined,
      note: row ? `${BYTES_OF} · ${filesText(row.images, row.masks)}` : '—',
    },
  ]
  return (
    <dl aria-busy="true" className="flex flex-wrap items-end gap-x-6 gap-y-2">
      {numbers.map(({ id, value, note }) => (
        <div key={id}>
          <dd
            data-testid={`count-${id}`}
            data-value={value}
            title={value === undefined ? LATER : undefined}
            className="text-xl leading-tight font-semibold"
          >
            {value === undefined ? '—' : formatCount(value)}
          </dd>
          <dt className="text-[11px] text-muted">
            <LedgerLink line={line}>{note}</LedgerLink>
          </dt>
        </div>
      ))}
    </dl>
  )
}
