import { FACETS, VALUE_FACET_NAMES, type ValueFacetName } from '../filter/facets'
import { EMPTY_FILTER, withValues } from '../filter/filter'
import { formatFilter } from '../filter/query-string'
import { countOf } from '../format'

/**
 * Facets whose values a column of a result can have. Left out are facets with values such as 0, 1 or none, whose
 * columns could mean anything, and `flag`, because the flags of `quality` have other codes.
 */
const NAMED = VALUE_FACET_NAMES.filter(name => !['lesion', 'union', 'side', 'flag'].includes(name))

/** More values would not fit into a URL that others can open. */
export const MOST_VALUES = 100

/** The facet that a result's column is about, if its name says so. */
export const facetOfColumn = (column: string): ValueFacetName | undefined =>
  NAMED.find(name => name === column)

/**
 * A column of facet values → the query string that selects any of them.
 *
 * @returns Null if there are none, or more than `MOST_VALUES`.
 */
export function filterOfValues(
  facet: ValueFacetName,
  values: Iterable<string | null>,
): string | null {
  const distinct = [...new Set(values)].filter(value => value !== null)
  if (distinct.length === 0 || distinct.length > MOST_VALUES) return null
  return formatFilter(withValues(EMPTY_FILTER, facet, distinct))
}

/** "3 values of dataset", for a button. */
export const valuesTitle = (facet: ValueFacetName, count: number): string =>
  `${countOf(count, 'value')} of ${FACETS[facet].title.toLowerCase()}`
