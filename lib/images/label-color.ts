import { REGION_COLORS } from '../charts/colors'
import { hashOf } from './hash'
import { fromOklch, toOklch } from './oklch'

/** How far labels of one region spread around its colour. */
const HUE_SPREAD = 36
const LIGHTNESS: readonly [number, number] = [0.66, 0.84]
const CHROMA: readonly [number, number] = [0.12, 0.19]

/**
 * The colour of a label's masks, the same for every image and on every page: near the hue of its
 * region (lesions: of lesions), with a place of its own by its name; light enough for black.
 *
 * @param region Region as in the manifest; null if unassigned.
 * @returns `#rrggbb`.
 */
export function labelColor(label: string, region: string | null, isLesion = false): string {
  const structure = isLesion ? 'Lesion' : (region ?? 'Unassigned')
  const base = toOklch(REGION_COLORS[structure] ?? (REGION_COLORS.Unassigned as string))
  const hash = hashOf(label)
  const share = (shift: number) => ((hash >>> shift) & 0x3ff) / 0x3ff
  // Grey has no hue to keep: unassigned labels take any.
  const hue =
    structure in REGION_COLORS && structure !== 'Unassigned'
      ? base.h + HUE_SPREAD * (2 * share(0) - 1)
      : 360 * share(0)
  return fromOklch({ l: between(LIGHTNESS, share(10)), c: between(CHROMA, share(20)), h: hue })
}

/** The same as three numbers from 0 to 255. */
export function labelRgb(
  label: string,
  region: string | null,
  isLesion = false,
): [number, number, number] {
  const value = Number.parseInt(labelColor(label, region, isLesion).slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

const between = ([lo, hi]: readonly [number, number], share: number) => lo + (hi - lo) * share
