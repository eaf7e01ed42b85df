import {
  FACET_NAMES,
  FACETS,
  type FacetName,
  type RangeFacetName,
  type ValueFacetName,
} from './facets'

/** A closed range; an end that is absent is open. */
export interface Range {
  readonly min?: number
  readonly max?: number
}

/**
 * What is selected: a conjunction of facets; within a facet, a disjunction of values; ranges are
 * closed. An absent facet selects everything. Values are sorted and unique.
 */
export type Filter = Readonly<
  Partial<Record<ValueFacetName, readonly string[]>> & Partial<Record<RangeFacetName, Range>>
>

export const EMPTY_FILTER: Filter = {}

/** Facets that the filter uses, in canonical order. */
export const activeFacets = (filter: Filter): FacetName[] =>
  FACET_NAMES.filter(name => filter[name] !== undefined)

export const isEmpty = (filter: Filter): boolean => activeFacets(filter).length === 0

/** True if the filter selects masks, not only images. */
export const selectsMasks = (filter: Filter): boolean =>
  activeFacets(filter).some(name => FACETS[name].of === 'mask')

/** The filter without one facet. */
export function withoutFacet(filter: Filter, name: FacetName): Filter {
  const { [name]: _, ...rest } = filter
  return rest
}

/** The filter with one facet's values replaced; none removes the facet. */
export function withValues(
  filter: Filter,
  name: ValueFacetName,
  values: readonly string[],
): Filter {
  if (values.length === 0) return withoutFacet(filter, name)
  return { ...filter, [name]: [...new Set(values)].sort() }
}

/** The filter with one value of a facet added, or removed if it was there. */
export function toggleValue(filter: Filter, name: ValueFacetName, value: string): Filter {
  const values = filter[name] ?? []
  return withValues(
    filter,
    name,
    values.includes(value) ? values.filter(v => v !== value) : [...values, value],
  )
}

/** The filter with one range replaced; a range without ends removes the facet. */
export function withRange(filter: Filter, name: RangeFacetName, range: Range): Filter {
  if (range.min === undefined && range.max === undefined) return withoutFacet(filter, name)
  return { ...filter, [name]: range }
}
