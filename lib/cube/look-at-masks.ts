import { MAX_AREA, UNKNOWN_AREA_SUM } from '../counts/image-areas'
import { KIND_BITS, type Rows, UNKNOWN_AREA } from './rows'
import type { Tally } from './tally'

/**
 * How the masks of a kind (label and area bin) are counted: not at all (`OUT`), all of them (`IN`), or those whose
 * exact area is in the range (`CUT`). Merged labels that could still be picked have the states `BESIDE_…`: their
 * masks count only under their own label and in the facet `union`.
 *
 * The code relies on the numbers: odd states count everywhere, and from `CUT` on the exact area decides.
 */
export const OUT = 0
export const IN = 1
export const BESIDE_IN = 2
export const CUT = 3
export const BESIDE_CUT = 4

/** What it takes to check and count the masks of an image. */
export interface MaskLook {
  readonly masks: Rows['masks']
  /** State of each kind, and the range of area shares (both ends included) for the states `CUT` and `BESIDE_CUT`. */
  readonly states: Uint8Array
  readonly min: number
  readonly max: number
  /** Groups of each label id as bits. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly tally: Pick<Tally, 'labelMasks' | 'labelImages' | 'areas'>
  /** Groups of the selected masks of the image that `addMasks` visited last. */
  lowBits: number
  highBits: number
}

/** Whether a share of the image is in a closed range. */
export const isWithin = (share: number, min: number, max: number): boolean =>
  share >= min && share <= max

/** Number of counted masks of an image. */
export function countMasks(
  { masks: { kind, area }, states, min, max }: MaskLook,
  start: number,
  end: number,
  pixels: number,
): number {
  let selected = 0
  for (let mask = start; mask < end; mask++) {
    const state = states[kind[mask] as number] as number
    if ((state & 1) === 0) continue
    if (state === CUT && !isWithin((area[mask] as number) / pixels, min, max)) continue
    selected++
  }
  return selected
}

/** Stands for an image without selected masks, because 0 is a possible area. */
export const NO_MASK = -1

/** Area of the selected masks of an image in px, as in `ImageAreas`; or `NO_MASK`. */
export function sumMasks(
  { masks: { kind, area }, states, min, max }: MaskLook,
  start: number,
  end: number,
  pixels: number,
): number {
  let sum = 0
  let selected = 0
  for (let mask = start; mask < end; mask++) {
    const its = kind[mask] as number
    const state = states[its] as number
    if ((state & 1) === 0) continue
    if (state === CUT && !isWithin((area[mask] as number) / pixels, min, max)) continue
    if ((its & UNKNOWN_AREA) === UNKNOWN_AREA) return UNKNOWN_AREA_SUM
    selected++
    sum += area[mask] as number
  }
  return selected === 0 ? NO_MASK : Math.min(sum, MAX_AREA)
}

/**
 * As `countMasks`, and adds the masks to the tally. Merged labels that could still be picked are added to labels and
 * groups only.
 *
 * @param offset Where the tally's labels begin.
 */
export function addMasks(
  look: MaskLook,
  start: number,
  end: number,
  pixels: number,
  offset: number,
): number {
  const { states, low, high, min, max } = look
  const { kind, area } = look.masks
  const { areas, labelMasks, labelImages } = look.tally
  let selected = 0
  let lowBits = 0
  let highBits = 0
  let before = -1
  for (let mask = start; mask < end; mask++) {
    const its = kind[mask] as number
    const state = states[its] as number
    if (state === OUT) continue
    if (state >= CUT && !isWithin((area[mask] as number) / pixels, min, max)) continue
    const counted = state & 1
    selected += counted
    const bin = its & UNKNOWN_AREA
    areas[bin] = (areas[bin] as number) + counted
    const id = its >>> KIND_BITS
    const at = offset + id
    labelMasks[at] = (labelMasks[at] as number) + 1
    // The masks of an image are in the order of their labels.
    if (id === before) continue
    before = id
    labelImages[at] = (labelImages[at] as number) + 1
    lowBits |= low[id] as number
    highBits |= high[id] as number
  }
  look.lowBits = lowBits
  look.highBits = highBits
  return selected
}
