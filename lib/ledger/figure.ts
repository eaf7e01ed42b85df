/** How well a published number is known. */
export type Accuracy = 'exact' | 'about' | 'read off' | 'at least'

/** A number of the ledger with what is known of its accuracy, or why there is none. */
export type Figure =
  | {
      readonly value: number
      readonly accuracy: Accuracy
      /** Furthest that the true number may lie from `value`; 0 if exact, and for "at least". */
      readonly tolerance: number
      /** What has to be said beside the number. */
      readonly note?: string
    }
  | { readonly value: null; readonly note: string }

/**
 * What one number is more than another.
 * equal: both exact and the same. apart: certainly not the same, by so much. open: the same as far
 * as the accuracy of the published numbers tells. unknown: one of them is not known.
 */
export type Difference =
  | { readonly kind: 'equal' | 'open' | 'unknown' }
  | {
      readonly kind: 'apart'
      readonly by: number
      /** "at least": the true difference is this or further from 0. */
      readonly accuracy: 'exact' | 'about' | 'at least'
    }

export const exactly = (value: number, note?: string): Figure => ({
  value,
  accuracy: 'exact',
  tolerance: 0,
  ...(note !== undefined && { note }),
})

/** A number that was published rounded. @param unit What it was rounded to. */
export const about = (value: number, unit: number, note?: string): Figure => ({
  value,
  accuracy: 'about',
  tolerance: unit / 2,
  ...(note !== undefined && { note }),
})

/** A number read off a figure. @param errorPct Error of the reading, in percent of the number. */
export const readOff = (value: number, errorPct: number): Figure => ({
  value,
  accuracy: 'read off',
  tolerance: (value * errorPct) / 100,
  note: `read off a figure, to ${errorPct}%`,
})

export const atLeast = (value: number, note: string): Figure => ({
  value,
  accuracy: 'at least',
  tolerance: 0,
  note,
})

/** @param note Why, as a sentence without its stop. */
export const unknown = (note: string): Figure => ({ value: null, note })

/**
 * How much `to` is more than `from`. Numbers that are not exact count as equal or different only as
 * far as their accuracy allows.
 */
export function difference(from: Figure, to: Figure): Difference {
  if (from.value === null || to.value === null) return { kind: 'unknown' }
  const by = to.value - from.value
  if (from.accuracy === 'exact' && to.accuracy === 'exact')
    return by === 0 ? { kind: 'equal' } : { kind: 'apart', by, accuracy: 'exact' }
  const tolerance = from.tolerance + to.tolerance
  // "At least" is open upwards: only what falls short of it is known to differ.
  const mayGrow = to.accuracy === 'at least'
  const mayShrink = from.accuracy === 'at least'
  const low = mayShrink ? Number.NEGATIVE_INFINITY : by - tolerance
  const high = mayGrow ? Number.POSITIVE_INFINITY : by + tolerance
  if (low <= 0 && high >= 0) return { kind: 'open' }
  if (mayGrow || mayShrink) return { kind: 'apart', by, accuracy: 'at least' }
  return { kind: 'apart', by: rounded(by, 2 * tolerance), accuracy: 'about' }
}

/**
 * A number without the digits that its accuracy says nothing of.
 *
 * @param span How far the lowest and the highest true number lie apart.
 */
export function rounded(value: number, span: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(span, 1))))
  return Math.round(value / unit) * unit
}
