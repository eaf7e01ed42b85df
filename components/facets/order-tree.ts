import type { FacetCount } from '../../lib/manifest/manifest'
import { byName, type Order } from './facet-order'
import type { FacetNode } from './facet-tree'

/** The tree with each level's nodes in order; labels that hang on a region follow its organs. */
export function orderTree(
  nodes: readonly FacetNode[],
  order: Order,
  countOf: (node: FacetNode) => FacetCount | undefined,
): readonly FacetNode[] {
  const images = (node: FacetNode) => countOf(node)?.images ?? 0
  const isLeafBesideBranches = (node: FacetNode) => Number(node.facet === 'label')
  return nodes
    .toSorted(
      (a, b) =>
        isLeafBesideBranches(a) - isLeafBesideBranches(b) ||
        (order === 'count' && images(b) - images(a)) ||
        byName(a.value, b.value),
    )
    .map(node => ({ ...node, children: orderTree(node.children, order, countOf) }))
}
