import type { Filter } from './filter'

/**
 * Merged masks repeat the pixels of other masks of their image, so mask facets and charts by label leave them
 * out. Two things bring them back: the facet `union`, and a merged label that is picked by its name.
 */

/** Whether a filter says itself which merged masks it wants: it has the facet `union`. */
export const hasUnionFacet = ({ union, not }: Filter): boolean =>
  union !== undefined || not?.union !== undefined

/** Whether a filter's mask facets count the masks of a merged label of that name. */
export const takesMerged = (filter: Filter, label: string): boolean =>
  hasUnionFacet(filter) || (filter.label?.includes(label) ?? false)
