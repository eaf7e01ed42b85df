/** Accuracy of a published number. */
export type Accuracy = 'exact' | 'about' | 'read off' | 'at least'

/** A number of the ledger with its accuracy, or why it is unknown. */
export type Figure =
  | {
      readonly value: number
      readonly accuracy: Accuracy
      /** Maximum distance of the true number from `value`; 0 for "exact" and "at least". */
      readonly tolerance: number
      /** Note on the number. */
      readonly note?: string
    }
  | { readonly value: null; readonly note: string }

/**
 * The difference between two numbers.
 * equal: both are exact and the same. apart: they certainly differ, by `by`. open: they agree within the accuracy
 * of the published numbers. unknown: one of them is unknown.
 */
export type Difference =
  | { readonly kind: 'equal' | 'open' | 'unknown' }
  | {
      readonly kind: 'apart'
      readonly by: number
      /** "at least": the true difference is `by` or further from 0. */
      readonly accuracy: 'exact' | 'about' | 'at least'
    }

export const exactly = (value: number, note?: string): Figure => ({
  value,
  accuracy: 'exact',
  tolerance: 0,
  ...(note !== undefined && { note }),
})

/** A rounded published number. @param unit Unit of the last published digit. */
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

/** An unknown number. @param note Why it is unknown, as a sentence without a full stop. */
export const unknown = (note: string): Figure => ({ value: null, note })

/**
 * `to` minus `from`. Numbers that are not exact are equal or different only as far as their accuracy allows.
 */
export function difference(from: Figure, to: Figure): Difference {
  if (from.value === null || to.value === null) return { kind: 'unknown' }
  const by = to.value - from.value
  if (from.accuracy === 'exact' && to.accuracy === 'exact')
    return by === 0 ? { kind: 'equal' } : { kind: 'apart', by, accuracy: 'exact' }
  const tolerance = from.tolerance + to.tolerance
  // "At least" has no upper limit: only a smaller number certainly differs.
  const mayGrow = to.accuracy === 'at least'
  const mayShrink = from.accuracy === 'at least'
  const low = mayShrink ? Number.NEGATIVE_INFINITY : by - tolerance
  const high = mayGrow ? Number.POSITIVE_INFINITY : by + tolerance
  if (low <= 0 && high >= 0) return { kind: 'open' }
  if (mayGrow || mayShrink) return { kind: 'apart', by, accuracy: 'at least' }
  return { kind: 'apart', by: rounded(by, 2 * tolerance), accuracy: 'about' }
}

/**
 * Round a number to the digits that its accuracy allows.
 *
 * @param span Distance between the lowest and the highest possible true number.
 */
export function rounded(value: number, span: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(span, 1))))
  return Math.round(value / unit) * unit
}
