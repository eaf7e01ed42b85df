import type { Dimensions } from '../lib/filter/dimensions'
import { type FacetName, isRangeFacet } from '../lib/filter/facets'
import { type Filter, wantsAll, withoutFacet, withRange, withValues } from '../lib/filter/filter'
import { RANGE_VALUES, rangeOfBins } from '../lib/filter/range-bins'
import { naive } from './naive'
import type { RandomImage } from './random-release'

/** The filter with one value of a facet picked alone: that of a bin for a range. */
export function clicked(filter: Filter, facet: FacetName, value: string): Filter {
  if (!isRangeFacet(facet)) return withValues(withoutFacet(filter, facet), facet, [value])
  const bin = RANGE_VALUES[facet].indexOf(value)
  return withRange(filter, facet, rangeOfBins(facet, bin, bin))
}

/**
 * What picking each value of a facet selects, by a naive scan; values that select nothing are absent.
 *
 * Of images that must have all values of a facet, its own counts are of those only; see
 * "All of" in docs/decisions/counting.md.
 */
export function clickedCounts(
  images: readonly RandomImage[],
  dimensions: Dimensions,
  filter: Filter,
  facet: FacetName,
  values: Iterable<string>,
) {
  const required = wantsAll(filter, facet) ? filter : withoutFacet(filter, facet)
  return [...new Set(values)]
    .map(value => ({
      value,
      ...clickedTotals(images, dimensions, clicked(filter, facet, value), required),
    }))
    .filter(row => row.images > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}

function clickedTotals(
  images: readonly RandomImage[],
  dimensions: Dimensions,
  filter: Filter,
  required: Filter,
) {
  const found = images.map(image => naive(image, filter, dimensions, required))
  return {
    images: found.filter(one => one.selected).length,
    masks: found.reduce((n, one) => n + (one.selected ? one.masks.length : 0), 0),
  }
}
