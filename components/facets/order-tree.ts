import type { FacetCount } from '../../lib/manifest/manifest'
import { byName, type Order } from './facet-order'
import type { FacetNode } from './facet-tree'

/** Order of nodes of different facets on one level. */
const LEVELS = ['region', 'organ', 'label']

/** The tree with the nodes of each level in order; nodes of a wider facet come first. */
export function orderTree(
  nodes: readonly FacetNode[],
  order: Order,
  countOf: (node: FacetNode) => FacetCount | undefined,
): readonly FacetNode[] {
  const images = (node: FacetNode) => countOf(node)?.images ?? 0
  const level = (node: FacetNode) => LEVELS.indexOf(node.facet)
  return nodes
    .toSorted(
      (a, b) =>
        level(a) - level(b) ||
        (order === 'count' && images(b) - images(a)) ||
        byName(a.value, b.value),
    )
    .map(node => ({ ...node, children: orderTree(node.children, order, countOf) }))
}
