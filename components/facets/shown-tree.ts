import type { FacetCount } from '../../lib/manifest/manifest'
import type { FacetNode } from './facet-tree'
import { hasWords } from './search-words'

/** A node that the panel shows. */
export interface ShownNode {
  readonly node: FacetNode
  readonly images: number
  readonly masks: number
  readonly fold: 'open' | 'closed' | 'leaf'
  /** The node only contains others; ticking it would select nothing. */
  readonly isHeading: boolean
  /** Empty unless the node is open. */
  readonly children: readonly ShownNode[]
}

export interface Look {
  readonly countOf: (node: FacetNode) => FacetCount | undefined
  /** Whether the filter names the node's value. */
  readonly isChosen: (node: FacetNode) => boolean
  readonly words: readonly string[]
  /** Nodes that the reader opened or closed. Other nodes are open if a node in them is found or chosen. */
  readonly opened: Readonly<Record<string, boolean>>
}

/**
 * The nodes to show: nodes with images, chosen nodes, nodes that the search finds, and the nodes above them as
 * headings. During a search, only found nodes are shown.
 */
export function shownTree(nodes: readonly FacetNode[], look: Look): readonly ShownNode[] {
  const all = nodes.flatMap(node => visit(node, look, false))
  return look.words.length > 0 ? all.filter(node => node.isFound) : all
}

interface Visited extends ShownNode {
  /** Whether the node, or a node in it, is found or chosen. */
  readonly isFound: boolean
  readonly isChosen: boolean
}

function visit(node: FacetNode, look: Look, inFound: boolean): Visited[] {
  const isSearch = look.words.length > 0
  const matches = isSearch && hasWords(node.value, look.words)
  const within = matches || inFound
  const children = node.children.flatMap(child => visit(child, look, within))
  const count = look.countOf(node)
  const images = count?.images ?? 0
  const isChosen = look.isChosen(node)
  const isNothing = images === 0 && !isChosen && !matches
  if (isNothing && children.length === 0) return []
  const found = children.filter(child => child.isFound)
  const opened = look.opened[node.key]
  // A found node that the reader opens shows all of its children.
  const listed = isSearch && !(within && opened) ? found : children
  const open = opened ?? (isSearch ? found.length > 0 : children.some(child => child.isChosen))
  const canOpen = (isSearch && !within ? found : children).length > 0
  return [
    {
      node,
      images,
      masks: count?.masks ?? 0,
      fold: canOpen ? (open ? 'open' : 'closed') : 'leaf',
      isHeading: isNothing,
      children: canOpen && open ? listed : [],
      isFound: matches || found.length > 0,
      isChosen: isChosen || children.some(child => child.isChosen),
    },
  ]
}
