'use client'

import { knownAxes } from '../../lib/axes/known-axes'
import { KNOWN_DATASETS_SOURCE, knownDataset } from '../../lib/catalog/known-datasets'
import type { DatasetRow } from '../../lib/filter/dimensions'
import { axesFact } from './axes-fact'
import { Facts } from './facts'

const NOT_KNOWN = 'not in our list of known datasets'

/** Facts about a dataset: target, structures, whether it is released. */
export function DatasetFacts({
  name,
  row,
}: {
  name: string
  /** Row of the manifest; absent if the manifest does not list the dataset. */
  row?: DatasetRow
}) {
  const known = knownDataset(name)
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
          ...(axes ? [axesFact(axes)] : []),
        ]}
      />
      {known && (
        <details className="mt-1 text-[11px] text-muted">
          <summary>Source of these facts</summary>
          {KNOWN_DATASETS_SOURCE}
        </details>
      )}
    </div>
  )
}
