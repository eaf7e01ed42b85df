'use client'

import { nearestNames } from '../../lib/catalog/nearest-names'
import { labelPath } from '../../lib/catalog/paths'
import { useEngine } from '../engine-provider'
import { UnknownName } from './unknown-name'
import { usePageName } from './use-page-name'

/** 404 of a label, with the manifest's names that are near it. */
export function UnknownLabel() {
  const name = usePageName()
  const { summary } = useEngine().manifest
  const names = (summary.facets.label ?? []).map(row => row.value)
  return (
    <UnknownName
      name={name}
      kind="Label"
      statement={`The label “${name}” is not in this manifest.`}
      nearest={nearestNames(name, names, 8).map(value => ({ value, path: labelPath(value) }))}
    />
  )
}
