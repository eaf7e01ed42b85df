/** Values that the filter names in the facet of a chart. */
export interface Marked {
  readonly picked?: readonly string[]
  readonly excluded?: readonly string[]
}

const OTHERS = 0.35
const EXCLUDED = 0.15
const CUT = 0.65

/**
 * Opacity of a value's mark: full if the value, or no value, is selected; lower for others; faint if it is
 * excluded.
 */
export function emphasis(value: string, { picked = [], excluded = [] }: Marked): number {
  if (excluded.includes(value)) return EXCLUDED
  return picked.length === 0 || picked.includes(value) ? 1 : OTHERS
}

/** The bins that a range touches, and the bins that it cuts. */
export interface PickedBins {
  readonly first: number
  readonly last: number
  readonly cut: readonly number[]
}

/** Whether a range contains a bin or a part of it; true without a range. */
export const isInRange = (bin: number, picked: PickedBins | null): boolean =>
  picked === null || (bin >= picked.first && bin <= picked.last)

/** Opacity of a bin: full within the range or without one, less where it cuts the bin. */
export function binEmphasis(bin: number, picked: PickedBins | null): number {
  if (!isInRange(bin, picked)) return OTHERS
  return picked?.cut.includes(bin) ? CUT : 1
}
