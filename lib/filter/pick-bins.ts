import type { RangeFacetName } from './facets'
import { type Filter, type Range, withoutFacet, withRange } from './filter'
import { rangeOfBins } from './range-bins'

/** The filter with a facet's range over some neighbouring bins; over none of them if it was that. */
export function toggleBins(
  filter: Filter,
  name: RangeFacetName,
  first: number,
  last: number,
): Filter {
  const range = rangeOfBins(name, first, last)
  return isRange(filter[name], range) ? withoutFacet(filter, name) : withRange(filter, name, range)
}

/** The filter for one bin of width and one of height; for neither if it was that. */
export function toggleSize(filter: Filter, widthBin: number, heightBin: number): Filter {
  const width = rangeOfBins('width', widthBin, widthBin)
  const height = rangeOfBins('height', heightBin, heightBin)
  if (isRange(filter.width, width) && isRange(filter.height, height))
    return withoutFacet(withoutFacet(filter, 'width'), 'height')
  return withRange(withRange(filter, 'width', width), 'height', height)
}

const isRange = (range: Range | undefined, { min, max }: Range) =>
  range !== undefined && range.min === min && range.max === max
