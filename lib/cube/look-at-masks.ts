import type { Rows } from './rows'
import type { Tally } from './tally'

/** Whether the masks of a bin of area are in the range, out of it, or have to be looked at. */
export const IN = 0
export const CUT = 1
export const OUT = 2

/** What masks are looked at for. */
export interface MaskLook {
  readonly masks: Rows['masks']
  /** 1 for each label id that is selected. */
  readonly chosen: Uint8Array
  /** By bin of area: `IN`, `CUT` or `OUT`; and the range, closed, for `CUT`. */
  readonly states: Uint8Array
  readonly min: number
  readonly max: number
  /** Groups of each label id as bits. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly tally: Tally
  /** Groups of the selected masks of the image that `addMasks` looked at last. */
  lowBits: number
  highBits: number
}

/** Labels that an image must have. */
export interface Requirements {
  /** By label id, the bits of the requirements that it meets. */
  readonly requires: Int32Array
  /** The bits of all of them. */
  readonly needed: number
}

/** Whether a mask has an area in the range. */
function isWithin({ masks, states, min, max }: MaskLook, mask: number, pixels: number): boolean {
  const state = states[masks.areaBin[mask] as number] as number
  if (state !== CUT) return state === IN
  const share = (masks.area[mask] as number) / pixels
  return share >= min && share <= max
}

/** Whether an image has a mask for each requirement. */
export function meetsAll(
  look: MaskLook,
  { requires, needed }: Requirements,
  start: number,
  end: number,
  pixels: number,
): boolean {
  const { label } = look.masks
  let has = 0
  for (let mask = start; mask < end; mask++) {
    const meets = requires[label[mask] as number] as number
    if (meets !== 0 && isWithin(look, mask, pixels)) has |= meets
  }
  return (has & needed) === needed
}

/** Selected masks among those of an image. */
export function countMasks(look: MaskLook, start: number, end: number, pixels: number): number {
  const { masks, chosen } = look
  let selected = 0
  for (let mask = start; mask < end; mask++)
    if (chosen[masks.label[mask] as number] === 1 && isWithin(look, mask, pixels)) selected++
  return selected
}

/**
 * As `countMasks`; adds them to the tally too.
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
  const { masks, chosen, low, high } = look
  const { areas, labelMasks, labelImages } = look.tally
  let selected = 0
  let lowBits = 0
  let highBits = 0
  let before = -1
  for (let mask = start; mask < end; mask++) {
    const id = masks.label[mask] as number
    if (chosen[id] === 0 || !isWithin(look, mask, pixels)) continue
    const bin = masks.areaBin[mask] as number
    selected++
    lowBits |= low[id] as number
    highBits |= high[id] as number
    areas[bin] = (areas[bin] as number) + 1
    const at = offset + id
    labelMasks[at] = (labelMasks[at] as number) + 1
    // The masks of an image are in the order of their labels.
    if (id !== before) labelImages[at] = (labelImages[at] as number) + 1
    before = id
  }
  look.lowBits = lowBits
  look.highBits = highBits
  return selected
}
