'use client'

import { labelPath } from '../../lib/catalog/paths'
import { nearestNames } from '../../lib/nearest-names'
import { useEngine } from '../engine-provider'
import { UnknownName } from './unknown-name'

/** 404 page of a label, with similar names of the manifest. */
export function UnknownLabel({ name }: { name: string }) {
  const { summary } = useEngine().manifest
  const rows = summary.facets.label ?? []
  return (
    <UnknownName
      name={name}
      kind="Label"
      statement={`The label “${name}” is not in this manifest.`}
      nearest={nearestNames(
        name,
        rows.map(row => row.value),
        8,
      )}
      rows={rows}
      pathOf={labelPath}
    />
  )
}
