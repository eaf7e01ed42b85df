import type { RangeFacetName } from './facets'
import { type Filter, type Range, withoutFacet, withRange } from './filter'
import { rangeOfBins } from './range-bins'

/**
 * The filter with a facet's range set to the bins from `first` to `last`; without the facet if it had exactly that
 * range.
 */
export function toggleBins(
  filter: Filter,
  name: RangeFacetName,
  first: number,
  last: number,
): Filter {
  const range = rangeOfBins(name, first, last)
  return isRange(filter[name], range) ? withoutFacet(filter, name) : withRange(filter, name, range)
}

/** The filter with width and height each set to one bin; without both facets if it had exactly these ranges. */
export function toggleSize(filter: Filter, widthBin: number, heightBin: number): Filter {
  const width = rangeOfBins('width', widthBin, widthBin)
  const height = rangeOfBins('height', heightBin, heightBin)
  if (isRange(filter.width, width) && isRange(filter.height, height))
    return withoutFacet(withoutFacet(filter, 'width'), 'height')
  return withRange(withRange(filter, 'width', width), 'height', height)
}

const isRange = (range: Range | undefined, { min, max }: Range) =>
  range !== undefined && range.min === min && range.max === max
