import type { FacetCount } from '../../lib/manifest/manifest'
import { byName, type Order } from './facet-order'
import type { FacetNode } from './facet-tree'

/** From the widest to the narrowest, where several facets stand beside each other. */
const LEVELS = ['region', 'organ', 'label']

/** The tree with each level's nodes in order; values of a narrower facet follow those of a wider one. */
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
