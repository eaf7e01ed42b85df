import { STEP_IMAGES, type Steps } from '../async/steps'
import type { ImageAreas } from '../counts/image-areas'
import type { Filter } from '../filter/filter'
import { type ImageLook, imageLook } from './image-look'
import { NO_MASK, sumMasks } from './look-at-masks'
import type { Source } from './source'

/** Images of a filter with the areas of their masks, to sort images by. @throws Error if the rows are missing. */
export function* imageAreas(source: Source, filter: Filter): Steps<ImageAreas> {
  const view = imageLook(source, filter)
  const images = view.rows.images.group.length
  const found = { ids: new Uint32Array(images), areas: new Uint32Array(images) }
  let n = 0
  for (let first = 0; first < images; first += STEP_IMAGES) {
    n = addImages(view, first, Math.min(images, first + STEP_IMAGES), found, n)
    yield
  }
  // Copies, so that the unused ends of the buffers are not sent with them.
  return { ids: found.ids.slice(0, n), areas: found.areas.slice(0, n) }
}

/** Append the selected images of a range to `found`. Returns how many there are then. */
function addImages(
  view: ImageLook,
  first: number,
  last: number,
  { ids, areas }: ImageAreas,
  before: number,
): number {
  const { candidates, failsOf, byArea, look } = view
  const { images, starts } = view.rows
  const { group, width, height } = images
  let n = before
  for (let image = first; image < last; image++) {
    if (candidates[group[image] as number] === 0) continue
    if (failsOf !== null && failsOf(image) !== 0) continue
    const start = starts[image] as number
    const end = starts[image + 1] as number
    const pixels = (width[image] as number) * (height[image] as number)
    const area = /*#__NOINLINE__*/ sumMasks(look, start, end, pixels)
    if (byArea && area === NO_MASK) continue
    ids[n] = image
    areas[n] = area === NO_MASK ? 0 : area
    n++
  }
  return n
}
