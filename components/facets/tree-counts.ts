import type { ValueFacetName } from '../../lib/filter/facets'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { FacetNode } from './facet-tree'

export type TreeCounts = Readonly<Partial<Record<ValueFacetName, readonly FacetCount[]>>>

/** The count of a node. All nodes of a label with several meanings have the count of the name. */
export function counter(
  names: readonly ValueFacetName[],
  counts: TreeCounts,
): (node: FacetNode) => FacetCount | undefined {
  const found = new Map(
    names.map(name => [name, new Map(counts[name]?.map(row => [row.value, row]))]),
  )
  return node => found.get(node.facet)?.get(node.value)
}

/** Images of each facet's largest value. */
export const largest = (
  names: readonly ValueFacetName[],
  counts: TreeCounts,
): Readonly<Partial<Record<ValueFacetName, number>>> =>
  Object.fromEntries(
    names.map(name => [name, Math.max(1, ...(counts[name] ?? []).map(row => row.images))]),
  )
