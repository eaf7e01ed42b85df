import type { Dimensions } from '../lib/filter/dimensions'
import { type FacetName, isAllFacet, isRangeFacet } from '../lib/filter/facets'
import {
  type Filter,
  wantsAll,
  withExcluded,
  withoutFacet,
  withRange,
  withValues,
} from '../lib/filter/filter'
import { RANGE_VALUES, rangeOfBins } from '../lib/filter/range-bins'
import { LABEL_FACETS } from '../lib/filter/selection'
import { naive } from './naive'
import type { RandomImage } from './random-release'

/** The filter with one value of a facet picked alone: that of a bin for a range. */
export function clicked(filter: Filter, facet: FacetName, value: string): Filter {
  if (!isRangeFacet(facet)) return withValues(withoutFacet(filter, facet), facet, [value])
  const bin = RANGE_VALUES[facet].indexOf(value)
  return withRange(filter, facet, rangeOfBins(facet, bin, bin))
}

/**
 * The filter after a click on a value of a facet: that value alone, or, of a facet whose values an image must all have,
 * that value as well.
 */
export function afterClick(filter: Filter, facet: FacetName, value: string): Filter {
  if (!isAllFacet(facet) || !wantsAll(filter, facet)) return clicked(filter, facet, value)
  const more = withValues(filter, facet, [...(filter[facet] ?? []), value])
  // A value that is picked is no longer excluded.
  return withExcluded(
    more,
    facet,
    (filter.not?.[facet] ?? []).filter(one => one !== value),
  )
}

/** Whether a mask has a value of a facet; every mask has those of ranges and of images. */
const hasValue = (dimensions: Dimensions, facet: FacetName, value: string) =>
  isAllFacet(facet)
    ? ({ label_id }: { label_id: number }) =>
        LABEL_FACETS[facet](dimensions.labels[label_id]!) === value
    : () => true

/**
 * What picking each value of a facet selects, by a naive scan: images, and masks with the value. Values that select
 * nothing are absent.
 */
export function clickedCounts(
  images: readonly RandomImage[],
  dimensions: Dimensions,
  filter: Filter,
  facet: FacetName,
  values: Iterable<string>,
) {
  return [...new Set(values)]
    .map(value => {
      const after = afterClick(filter, facet, value)
      const found = images.map(image => naive(image, after, dimensions))
      const isOfValue = hasValue(dimensions, facet, value)
      return {
        value,
        images: found.filter(one => one.selected).length,
        masks: found.reduce((n, one) => n + one.masks.filter(isOfValue).length, 0),
      }
    })
    .filter(row => row.images > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}
