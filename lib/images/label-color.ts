import { REGION_COLORS } from '../charts/colors'
import { hashOf } from './hash'
import { fromOklch, toOklch } from './oklch'

/** Degrees of hue that the labels of one region spread around the region's colour. */
const HUE_SPREAD = 36
const LIGHTNESS: readonly [number, number] = [0.66, 0.84]
const CHROMA: readonly [number, number] = [0.12, 0.19]

/**
 * The colour of a label's masks, the same for every image and on every page. The hue is near that of the
 * region, or of lesions, and depends on the label's name. The colour is light enough for black text on it.
 *
 * @param region Region as in the manifest; null if unassigned.
 * @returns `#rrggbb`.
 */
export function labelColor(label: string, region: string | null, isLesion = false): string {
  const structure = isLesion ? 'Lesion' : (region ?? 'Unassigned')
  const base = toOklch(REGION_COLORS[structure] ?? (REGION_COLORS.Unassigned as string))
  const hash = hashOf(label)
  const share = (shift: number) => ((hash >>> shift) & 0x3ff) / 0x3ff
  // Grey has no hue, so unassigned labels may have any hue.
  const hue =
    structure in REGION_COLORS && structure !== 'Unassigned'
      ? base.h + HUE_SPREAD * (2 * share(0) - 1)
      : 360 * share(0)
  return fromOklch({ l: between(LIGHTNESS, share(10)), c: between(CHROMA, share(20)), h: hue })
}

/** `labelColor` as three numbers from 0 to 255. */
export function labelRgb(
  label: string,
  region: string | null,
  isLesion = false,
): [number, number, number] {
  const value = Number.parseInt(labelColor(label, region, isLesion).slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

const between = ([lo, hi]: readonly [number, number], share: number) => lo + (hi - lo) * share
