import type { Dimensions } from '../filter/dimensions'
import type { Filter, Range } from '../filter/filter'
import { FACET_BIT, valueBits } from './image-facets'
import type { ImageRows } from './rows'

/** As `failedFacets`, for single images and any range. */
export function failedRows(
  images: ImageRows,
  filter: Filter,
  dimensions: Dimensions,
): Uint8Array<ArrayBuffer> {
  const { dataset, submodality, axis } = valueBits(filter, dimensions)
  const failed = new Uint8Array(images.dataset.length)
  for (let image = 0; image < failed.length; image++)
    failed[image] =
      (dataset[images.dataset[image] as number] as number) |
      (submodality[images.submodality[image] as number] as number) |
      (axis[images.axis[image] as number] as number)
  if (filter.width) failRange(failed, images.width, filter.width, 1, FACET_BIT.width)
  if (filter.height) failRange(failed, images.height, filter.height, 1, FACET_BIT.height)
  if (filter.masks) failRange(failed, images.masks, filter.masks, 0, FACET_BIT.masks)
  if (filter.aspect) failAspect(failed, images, filter.aspect)
  return failed
}

/** @param least The smallest value that is known; what is below is not measured. */
function failRange(
  failed: Uint8Array,
  column: Uint16Array,
  { min = 0, max = Number.POSITIVE_INFINITY }: Range,
  least: number,
  bit: number,
) {
  const from = Math.max(min, least)
  for (let image = 0; image < failed.length; image++) {
    const value = column[image] as number
    if (value < from || value > max) failed[image] = (failed[image] as number) | bit
  }
}

function failAspect(
  failed: Uint8Array,
  { width, height }: ImageRows,
  { min = 0, max = Number.POSITIVE_INFINITY }: Range,
) {
  for (let image = 0; image < failed.length; image++) {
    // Not measured is 0 / 0, which passes no comparison.
    const aspect = (width[image] as number) / (height[image] as number)
    if (!(aspect >= min && aspect <= max))
      failed[image] = (failed[image] as number) | FACET_BIT.aspect
  }
}
