'use client'

import { knownAxes } from '../../lib/axes/known-axes'
import { KNOWN_DATASETS_SOURCE, knownDataset } from '../../lib/catalog/known-datasets'
import { licenceOf } from '../../lib/catalog/licences'
import type { DatasetRow } from '../../lib/filter/dimensions'
import { SourceLinks } from '../ui/source-links'
import { axesFact } from './axes-fact'
import { Facts } from './facts'
import { LicenceFact } from './licence-fact'

const NOT_KNOWN = 'not in our list of known datasets'

/** Facts about a dataset: target, structures, licence, whether it is released. */
export function DatasetFacts({
  name,
  row,
}: {
  name: string
  /** Row of the manifest; absent if the manifest does not list the dataset. */
  row?: DatasetRow
}) {
  const known = knownDataset(name)
  const licence = licenceOf(name)
  const structures = known?.structures ?? row?.structures?.split('|')
  const axes = knownAxes(name)
  const released = known?.released ?? row?.is_released
  return (
    <div>
      <Facts
        facts={[
          { name: 'Target', value: known?.target ?? null, unknown: NOT_KNOWN },
          { name: 'Structures', value: structures?.join(', ') ?? null, unknown: NOT_KNOWN },
          {
            name: 'Known modalities',
            value: known?.modalities.join(', ') ?? null,
            unknown: NOT_KNOWN,
          },
          {
            name: 'Public release',
            value: released == null ? null : released ? 'released' : 'not released',
            unknown: NOT_KNOWN,
          },
          {
            name: 'Licence',
            value: licence && <LicenceFact licence={licence} />,
            unknown: 'unknown: ask the publishers',
          },
          ...(axes ? [axesFact(axes)] : []),
        ]}
      />
      {known?.note && <p className="mt-1">{known.note}</p>}
      {known && (
        <details className="mt-1 text-[11px] text-muted">
          <summary>Source of these facts</summary>
          {KNOWN_DATASETS_SOURCE} Read from <SourceLinks source={known.source} />.
        </details>
      )}
    </div>
  )
}
