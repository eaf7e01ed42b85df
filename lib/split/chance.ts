import type { SizeCount } from './size-summary'

/**
 * A draw is further off than this, in standard deviations, once in 16,000 times: with some hundred comparisons
 * a report, what is further off is hardly chance.
 */
const BEYOND_CHANCE = 4

/**
 * Whether more or fewer of `marked` patients are among `drawn` of `all` than a plain random draw gives: its
 * mean and variance are those of the hypergeometric distribution.
 *
 * @param found Marked ones among those drawn.
 */
export function isBeyondChance(found: number, drawn: number, marked: number, all: number): boolean {
  if (all < 2) return false
  const part = marked / all
  const mean = drawn * part
  const variance = (mean * (1 - part) * (all - drawn)) / (all - 1)
  // Half a patient, because counts are whole.
  return Math.abs(found - mean) - 0.5 > BEYOND_CHANCE * Math.sqrt(variance)
}

/**
 * Whether the patients of a split are larger or smaller than a plain random draw gives: the sum of their ranks
 * by size against its mean and variance under random draws (Wilcoxon 1945, equal sizes with their mean rank).
 *
 * @param split Sizes in the split; all of them are in `all` too.
 */
export function areSizesBeyondChance(
  split: readonly SizeCount[],
  all: readonly SizeCount[],
): boolean {
  const total = all.reduce((sum, { patients }) => sum + patients, 0)
  const drawn = split.reduce((sum, { patients }) => sum + patients, 0)
  if (drawn === 0 || drawn === total) return false
  const rankOf = new Map<number, number>()
  let before = 0
  let squares = 0
  const mean = (total + 1) / 2
  for (const { images, patients } of [...all].sort((a, b) => a.images - b.images)) {
    const rank = before + (patients + 1) / 2
    rankOf.set(images, rank)
    squares += patients * (rank - mean) ** 2
    before += patients
  }
  const sum = split.reduce(
    (ranks, { images, patients }) => ranks + patients * (rankOf.get(images) ?? 0),
    0,
  )
  const variance = (squares / (total - 1)) * ((drawn * (total - drawn)) / total)
  return Math.abs(sum - drawn * mean) > BEYOND_CHANCE * Math.sqrt(variance)
}
