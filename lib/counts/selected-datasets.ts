import type { Filter } from '../filter/filter'
import { passesFacet } from '../filter/filter'
import type { FacetCount } from '../manifest/manifest'

/**
 * The datasets with images under a filter.
 *
 * @param rows Counts of the facet `dataset`, which apply all other facets.
 */
export const selectedDatasets = (filter: Filter, rows: readonly FacetCount[]): string[] =>
  rows
    .filter(({ value, images }) => images > 0 && passesFacet(filter, 'dataset', value))
    .map(({ value }) => value)
