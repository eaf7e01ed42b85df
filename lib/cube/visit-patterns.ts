import { STEP_IMAGES, type Steps } from '../async/steps'
import type { GroupBits } from '../counts/label-groups'
import { candidateGroups } from './candidate-groups'
import { choicesOf } from './choices'
import type { AskedFilter } from './filter-question'
import { imageLook } from './image-look'
import { CUT, isWithin, type MaskLook, OUT } from './look-at-masks'
import { planCount } from './planner'
import { KIND_BITS } from './rows'
import { type SetPatterns, setPatterns } from './set-patterns'
import type { Source } from './source'

/** Images that have the same groups of labels, as bits of two words. */
export interface LabelPattern {
  /** Groups that one of their labels is in. */
  readonly low: number
  readonly high: number
  /** Groups that one of their selected masks is in. */
  readonly passingLow: number
  readonly passingHigh: number
  readonly images: number
}

export type VisitPattern = (pattern: LabelPattern) => void

/**
 * Tell of the groups of labels of all images that pass the image facets of a question and may have a selected mask.
 *
 * @throws Error if the rows are needed and missing.
 */
export function* visitPatterns(
  source: Source,
  asked: AskedFilter,
  groups: GroupBits,
  visit: VisitPattern,
): Steps<void> {
  const { cube, dimensions } = source
  const { sets } = cube
  const { counted } = choicesOf(asked.selection, dimensions)
  const has = setPatterns(sets, groups, new Uint8Array(counted.length).fill(1))
  const passing = setPatterns(sets, groups, counted)
  const bySet = new Float64Array(sets.count)
  if (planCount(asked.filter).path === 'cubes') {
    const candidates = candidateGroups(cube, dimensions, asked)
    const { set, images } = cube.images
    for (let group = 0; group < candidates.length; group++)
      if (candidates[group] === 1) {
        const its = set[group] as number
        bySet[its] = (bySet[its] as number) + (images[group] as number)
      }
    return tellSets(bySet, has, passing, visit)
  }
  const view = imageLook(source, asked.filter, () => asked.selection)
  const { images, starts } = view.rows
  for (let first = 0; first < images.group.length; first += STEP_IMAGES) {
    const last = Math.min(images.group.length, first + STEP_IMAGES)
    for (let image = first; image < last; image++) {
      const group = images.group[image] as number
      if (view.candidates[group] === 0) continue
      if (view.failsOf !== null && view.failsOf(image) !== 0) continue
      const set = cube.images.set[group] as number
      // Without a range of areas, the labels of an image say it all.
      if (!view.byArea) {
        bySet[set] = (bySet[set] as number) + 1
        continue
      }
      has.look(set)
      const pixels = (images.width[image] as number) * (images.height[image] as number)
      const masks = [starts[image] as number, starts[image + 1] as number] as const
      const [passingLow, passingHigh] = passingBits(view.look, groups, masks, pixels)
      const [low, high] = [has.low[set] as number, has.high[set] as number]
      visit({ low, high, passingLow, passingHigh, images: 1 })
    }
    yield
  }
  tellSets(bySet, has, passing, visit)
}

function tellSets(
  bySet: Float64Array,
  has: SetPatterns,
  passing: SetPatterns,
  visit: VisitPattern,
) {
  for (const [set, images] of bySet.entries()) {
    if (images === 0) continue
    has.look(set)
    passing.look(set)
    visit({
      low: has.low[set] as number,
      high: has.high[set] as number,
      passingLow: passing.low[set] as number,
      passingHigh: passing.high[set] as number,
      images,
    })
  }
}

/** The groups of the masks of an image that pass. */
function passingBits(
  { masks: { kind, area }, states, min, max }: MaskLook,
  groups: GroupBits,
  [start, end]: readonly [number, number],
  pixels: number,
): [number, number] {
  let low = 0
  let high = 0
  for (let mask = start; mask < end; mask++) {
    const its = kind[mask] as number
    const state = states[its] as number
    if (state === OUT) continue
    if (state >= CUT && !isWithin((area[mask] as number) / pixels, min, max)) continue
    low |= groups.low[its >>> KIND_BITS] as number
    high |= groups.high[its >>> KIND_BITS] as number
  }
  return [low, high]
}
