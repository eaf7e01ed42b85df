import { STEP_IMAGES, type Steps } from '../async/steps'
import { type AllValues, allValues } from '../filter/all-values'
import type { AllFacetName } from '../filter/facets'
import type { Filter } from '../filter/filter'
import { resolveForFacet } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'
import { type ImageLook, imageLook } from './image-look'
import { CUT, isWithin, OUT } from './look-at-masks'
import { KIND_BITS } from './rows'
import type { Source } from './source'

/**
 * Counts of a facet in `all`, where other mask facets decide too (`countsAlone`): the images that are left if the
 * value is required as well, and the masks of the value among those that are then selected.
 *
 * @throws Error if the rows are missing.
 */
export function* countAllFacet(
  source: Source,
  filter: Filter,
  name: AllFacetName,
): Steps<FacetCount[]> {
  const selection = resolveForFacet(filter, name, source.dimensions)
  const view = imageLook(source, filter, () => selection)
  const { images } = view.rows
  const values = allValues(filter, name, source.dimensions)
  const sums = emptySums(values)
  for (let first = 0; first < images.group.length; first += STEP_IMAGES) {
    const last = Math.min(images.group.length, first + STEP_IMAGES)
    for (let image = first; image < last; image++) {
      if (view.candidates[images.group[image] as number] === 0) continue
      if (view.failsOf !== null && view.failsOf(image) !== 0) continue
      addImage(view, image, values, sums)
    }
    yield
  }
  return values.values
    .map((value, at) => ({
      value,
      images: sums.images[at] as number,
      masks: sums.masks[at] as number,
    }))
    .filter(row => row.images > 0)
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}

interface Sums {
  /** By value. */
  readonly images: Float64Array
  readonly masks: Float64Array
  /** Of the image that is looked at: whether it has the value, and how many of the value's masks pass. */
  readonly has: Uint8Array
  readonly passing: Uint32Array
}

const emptySums = ({ values }: AllValues): Sums => ({
  images: new Float64Array(values.length),
  masks: new Float64Array(values.length),
  has: new Uint8Array(values.length),
  passing: new Uint32Array(values.length),
})

function addImage({ rows, look }: ImageLook, image: number, { labels }: AllValues, sums: Sums) {
  const { starts, images } = rows
  const { kind, area } = look.masks
  const [start, end] = [starts[image] as number, starts[image + 1] as number]
  const pixels = (images.width[image] as number) * (images.height[image] as number)
  let isSelected = false
  for (let mask = start; mask < end; mask++) {
    const its = kind[mask] as number
    const label = labels[its >>> KIND_BITS]
    if (!label) continue
    if (label.meets) sums.has[label.value] = 1
    const state = look.states[its] as number
    if (state === OUT) continue
    if (state >= CUT && !isWithin((area[mask] as number) / pixels, look.min, look.max)) continue
    sums.passing[label.value] = (sums.passing[label.value] as number) + 1
    if (label.picked) isSelected = true
  }
  for (let mask = start; mask < end; mask++) {
    const value = labels[(kind[mask] as number) >>> KIND_BITS]?.value
    if (value === undefined) continue
    const passing = sums.passing[value] as number
    if (sums.has[value] === 1 && (isSelected || passing > 0)) {
      sums.images[value] = (sums.images[value] as number) + 1
      sums.masks[value] = (sums.masks[value] as number) + passing
    }
    // Ready for the next image, and so that the value counts once in this one.
    sums.has[value] = 0
    sums.passing[value] = 0
  }
}
