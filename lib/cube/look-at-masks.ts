import { MAX_AREA, UNKNOWN_AREA_SUM } from '../counts/image-areas'
import { KIND_BITS, type Rows, UNKNOWN_AREA } from './rows'
import type { Tally } from './tally'

/**
 * Whether the masks of a kind are counted, are not, or have to be looked at for it. Those of merged labels that
 * nobody picked are counted beside: under their own label and the facet `union` only.
 *
 * Odd numbers are counted, and from `CUT` on the range of areas decides.
 */
export const OUT = 0
export const IN = 1
export const BESIDE_IN = 2
export const CUT = 3
export const BESIDE_CUT = 4

/** What masks are looked at for. */
export interface MaskLook {
  readonly masks: Rows['masks']
  /** By kind, as above; and the range of area shares, closed, for what it cuts. */
  readonly states: Uint8Array
  readonly min: number
  readonly max: number
  /** Groups of each label id as bits. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly tally: Pick<Tally, 'labelMasks' | 'labelImages' | 'areas'>
  /** Groups of the selected masks of the image that `addMasks` looked at last. */
  lowBits: number
  highBits: number
}

/** Whether a share of the image is in a closed range. */
export const isWithin = (share: number, min: number, max: number): boolean =>
  share >= min && share <= max

/** Counted masks among those of an image. */
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

/** The area of an image without selected masks: they may have one of 0. */
export const NO_MASK = -1

/** px of the selected masks of an image, as `ImageAreas` has them, or `NO_MASK`. */
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
 * As `countMasks`; adds them to the tally too, and what is shown beside to its labels and groups.
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
