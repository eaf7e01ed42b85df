import type { Filter } from './filter'

/**
 * Merged masks repeat the pixels of other masks of their image, so mask facets and charts by label leave them
 * out. Two things bring them back: the facet `union`, and a merged label that is picked by its name.
 */

/** Whether a filter has the facet `union`, which says which merged masks it includes. */
export const hasUnionFacet = ({ union, not }: Filter): boolean =>
  union !== undefined || not?.union !== undefined

/** Whether the mask facets of a filter count merged masks with this label name. */
export const takesMerged = (filter: Filter, label: string): boolean =>
  hasUnionFacet(filter) || (filter.label?.includes(label) ?? false)
