'use client'

import type { FacetCount } from '../../lib/manifest/manifest'
import { useEngine } from '../engine-provider'
import { bytesOf, filesText } from '../filter-page/cost-labels'
import { HeadlineCount, HeadlineNumber } from '../filter-page/headline-number'
import { LedgerLink } from '../filter-page/ledger-link'

const LATER = 'Counted once the counts are loaded'

/** The headline before the cubes are loaded: the numbers of the manifest's summary, in the same places. */
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
  const { manifest } = useEngine()
  const { totals } = manifest.summary
  const count = (id: 'images' | 'masks' | 'datasets' | 'patients' | 'cases', value?: number) => (
    <HeadlineCount id={id} line={line} value={value} of={totals[id]} missing={LATER} />
  )
  return (
    <dl aria-busy="true" className="flex flex-wrap items-end gap-x-6 gap-y-2">
      {count('images', row?.images)}
      {count('masks', row?.masks)}
      {count('datasets', facet === 'dataset' && row ? 1 : undefined)}
      {count('patients')}
      {count('cases')}
      <HeadlineNumber id="bytes" text={null} title={LATER}>
        <LedgerLink line={line}>
          {row ? `${bytesOf(manifest)} · ${filesText(row.images, row.masks)}` : '—'}
        </LedgerLink>
      </HeadlineNumber>
    </dl>
  )
}
