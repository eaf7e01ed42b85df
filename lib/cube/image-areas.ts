import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import { type ImageAreas, MAX_AREA, UNKNOWN_AREA_SUM } from '../queries/image-areas'
import { candidateGroups } from './candidate-groups'
import { closerLook } from './closer-look'
import type { Source } from './count'
import { failedCells } from './failed-cells'
import { type MaskLook, sumMasks } from './look-at-masks'
import { maskLook } from './mask-look'
import type { Rows } from './rows'
import { STEP_IMAGES, type Steps } from './steps'
import { emptyTally } from './tally'

/** Images of a filter with the areas of their masks, for putting them in order. @throws Error if the rows are missing. */
export function* imageAreas({ cube, rows, dimensions }: Source, filter: Filter): Steps<ImageAreas> {
  if (!rows) throw new Error('the rows are not loaded yet')
  const selection = resolveFilter(filter, dimensions)
  const failed = failedCells(cube.cells, filter, dimensions)
  const view: View = {
    rows,
    candidates: candidateGroups(cube, dimensions, { selection, failed, wants: 'labels' }),
    passes: closerLook(rows, dimensions, filter, selection),
    look: maskLook(rows, dimensions, { selection, groups: null }, emptyTally({}, 0)),
  }
  const images = rows.images.group.length
  const found = { ids: new Uint32Array(images), areas: new Uint32Array(images) }
  let n = 0
  for (let first = 0; first < images; first += STEP_IMAGES) {
    n = addImages(view, first, Math.min(images, first + STEP_IMAGES), found, n)
    yield
  }
  // Copies, so that what is handed on is no longer than it must be.
  return { ids: found.ids.slice(0, n), areas: found.areas.slice(0, n) }
}

interface View {
  readonly rows: Rows
  /** By group of images: 0 for those that the filter leaves out. */
  readonly candidates: Uint8Array
  readonly passes: ((image: number) => boolean) | null
  readonly look: MaskLook
}

/** Append the selected images of a range to what is found; how many that are then. */
function addImages(
  { rows: { images, starts }, candidates, passes, look }: View,
  first: number,
  last: number,
  { ids, areas }: ImageAreas,
  before: number,
): number {
  const { group, width, height } = images
  let n = before
  for (let image = first; image < last; image++) {
    if (candidates[group[image] as number] === 0) continue
    if (passes !== null && !passes(image)) continue
    const pixels = (width[image] as number) * (height[image] as number)
    const area = sumMasks(look, starts[image] as number, starts[image + 1] as number, pixels)
    ids[n] = image
    areas[n] = area === null ? UNKNOWN_AREA_SUM : Math.min(area, MAX_AREA)
    n++
  }
  return n
}
