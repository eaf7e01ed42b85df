import {
  type AllFacetName,
  FACET_NAMES,
  FACETS,
  type FacetName,
  isAllFacet,
  isRangeFacet,
  type RangeFacetName,
  type ValueFacetName,
} from './facets'

/** A range with both ends included. Without `min` or `max` it has no limit on that side. */
export interface Range {
  readonly min?: number
  readonly max?: number
}

/** Values of value facets, sorted and unique. */
export type FacetValues = Readonly<Partial<Record<ValueFacetName, readonly string[]>>>

/**
 * What is selected. An image or mask must pass every facet: it has one of the facet's values and none of
 * the facet's values in `not`. An absent facet selects everything. A facet in `all` selects the same masks,
 * but only in images that have a mask for each of the facet's values, whether or not it passes other facets.
 */
export type Filter = FacetValues &
  Readonly<Partial<Record<RangeFacetName, Range>>> & {
    /** Excluded values. Neither this object nor a list in it is ever empty. */
    readonly not?: FacetValues
    /** Facets of which an image must have all values; sorted, never empty. */
    readonly all?: readonly AllFacetName[]
  }

export const EMPTY_FILTER: Filter = {}

const notOf = (filter: Filter, name: FacetName): readonly string[] =>
  filter.not?.[name as ValueFacetName] ?? []

/** Facets that the filter uses, in canonical order. */
export const activeFacets = (filter: Filter): FacetName[] =>
  FACET_NAMES.filter(name => filter[name] !== undefined || notOf(filter, name).length > 0)

export const isEmpty = (filter: Filter): boolean => activeFacets(filter).length === 0

/** True if the filter selects masks, not only images. */
export const selectsMasks = (filter: Filter): boolean =>
  activeFacets(filter).some(name => FACETS[name].of === 'mask')

/** True if images must have all wanted values of the facet. */
export const wantsAll = (filter: Filter, name: FacetName): boolean =>
  filter.all?.some(one => one === name) ?? false

/** Whether a value passes a facet of the filter. */
export const passesFacet = (filter: Filter, name: ValueFacetName, value: string): boolean =>
  (filter[name]?.includes(value) ?? true) && !notOf(filter, name).includes(value)

/** The filter without one facet. */
export function withoutFacet(filter: Filter, name: FacetName): Filter {
  if (!isRangeFacet(name)) return withExcluded(withValues(filter, name, []), name, [])
  const { [name]: _, ...rest } = filter
  return rest
}

/** The filter with the values of one facet replaced; an empty list removes the facet. */
export function withValues(
  filter: Filter,
  name: ValueFacetName,
  values: readonly string[],
): Filter {
  const { [name]: _, ...rest } = filter
  if (values.length > 0) return { ...rest, [name]: sortedUnique(values) }
  return isAllFacet(name) ? withAll(rest, name, false) : rest
}

/** The filter where images must have all values of a facet, or any of them. */
export function withAll(filter: Filter, name: AllFacetName, all: boolean): Filter {
  const { all: old = [], ...rest } = filter
  const names = all ? sortedUnique([...old, name]) : old.filter(one => one !== name)
  return names.length === 0 ? rest : { ...rest, all: names }
}

/** The filter with one facet's excluded values replaced. */
export function withExcluded(
  filter: Filter,
  name: ValueFacetName,
  values: readonly string[],
): Filter {
  const { not, ...rest } = filter
  const { [name]: _, ...others } = not ?? {}
  const left = values.length === 0 ? others : { ...others, [name]: sortedUnique(values) }
  return Object.keys(left).length === 0 ? rest : { ...rest, not: left }
}

const sortedUnique = <Value extends string>(values: readonly Value[]) => [...new Set(values)].sort()

const toggled = (values: readonly string[], value: string) =>
  values.includes(value) ? values.filter(v => v !== value) : [...values, value]

const removed = (values: readonly string[], value: string) => values.filter(v => v !== value)

/** The filter with one value of a facet selected, or no longer selected. The value is no longer excluded. */
export const toggleValue = (filter: Filter, name: ValueFacetName, value: string): Filter =>
  withExcluded(
    withValues(filter, name, toggled(filter[name] ?? [], value)),
    name,
    removed(notOf(filter, name), value),
  )

/** The filter with one value of a facet excluded, or no longer excluded. The value is no longer selected. */
export const toggleExcluded = (filter: Filter, name: ValueFacetName, value: string): Filter =>
  withExcluded(
    withValues(filter, name, removed(filter[name] ?? [], value)),
    name,
    toggled(notOf(filter, name), value),
  )

/** The filter with one range replaced; a range without `min` and `max` removes the facet. */
export function withRange(filter: Filter, name: RangeFacetName, range: Range): Filter {
  if (range.min === undefined && range.max === undefined) return withoutFacet(filter, name)
  return { ...filter, [name]: range }
}
