import type { SubmodalityRow } from '../../lib/filter/dimensions'
import { UNASSIGNED, type ValueFacetName } from '../../lib/filter/facets'

/** A value of a facet, with values of a narrower facet inside it. */
export interface FacetNode {
  /** Unique in the tree. A label with several meanings has several nodes. */
  readonly key: string
  readonly facet: ValueFacetName
  readonly value: string
  readonly children: readonly FacetNode[]
}

/** Region, organ and name of a label; null if not assigned, or if the labels are not loaded yet. */
export interface Meaning {
  readonly region: string | null
  readonly organ: string | null
  readonly label: string | null
}

/**
 * Region → organ → label. Labels without an organ lie directly in their region. The organ "Unassigned" stands
 * beside the regions, because its count includes labels of all regions.
 */
export function labelTree(meanings: readonly Meaning[]): readonly FacetNode[] {
  const roots: Branch[] = []
  for (const { region, organ, label } of meanings) {
    let place = childOf(roots, '', 'region', region ?? UNASSIGNED)
    if (organ !== null) place = childOf(place.children, place.key, 'organ', organ)
    else childOf(roots, '', 'organ', UNASSIGNED)
    if (label !== null) childOf(place.children, place.key, 'label', label)
  }
  return roots
}

/** Modality → sub-modality. */
export function modalityTree(
  rows: readonly (Pick<SubmodalityRow, 'modality'> & Partial<SubmodalityRow>)[],
): readonly FacetNode[] {
  const roots: Branch[] = []
  for (const { modality, submodality } of rows) {
    const place = childOf(roots, '', 'modality', modality)
    if (submodality !== undefined) childOf(place.children, place.key, 'submodality', submodality)
  }
  return roots
}

interface Branch extends FacetNode {
  readonly children: Branch[]
}

function childOf(siblings: Branch[], parent: string, facet: ValueFacetName, value: string): Branch {
  const key = `${parent}/${facet}:${value}`
  const found = siblings.find(node => node.key === key)
  if (found) return found
  const node: Branch = { key, facet, value, children: [] }
  siblings.push(node)
  return node
}
