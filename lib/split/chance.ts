import type { SizeCount } from './size-summary'

/**
 * In standard deviations. A random draw deviates by more once in 16,000 times. A report makes some hundred
 * comparisons, so a larger deviation is hardly chance.
 */
const BEYOND_CHANCE = 4

/**
 * Whether the number of `marked` patients among `drawn` of `all` patients differs from a plain random draw by more
 * than chance. Mean and variance are those of the hypergeometric distribution.
 *
 * @param found Marked patients among those drawn.
 */
export function isBeyondChance(found: number, drawn: number, marked: number, all: number): boolean {
  if (all < 2) return false
  const part = marked / all
  const mean = drawn * part
  const variance = (mean * (1 - part) * (all - drawn)) / (all - 1)
  // Half a patient is subtracted because counts are whole (continuity correction).
  return Math.abs(found - mean) - 0.5 > BEYOND_CHANCE * Math.sqrt(variance)
}

/**
 * Whether the patients of a split are larger or smaller than in a plain random draw by more than chance: compares the
 * sum of their ranks by size with its mean and variance under random draws (Wilcoxon 1945; patients of equal size
 * have their mean rank).
 *
 * @param split Sizes in the split; all of them are also in `all`.
 */
export function areSizesBeyondChance(
  split: readonly SizeCount[],
  all: readonly SizeCount[],
): boolean {
  const total = patientsOf(all)
  const drawn = patientsOf(split)
  if (drawn === 0 || drawn === total) return false
  const mean = (total + 1) / 2
  const squares = [...ranksBySize(all).values()].reduce(
    (sum, { rank, patients }) => sum + patients * (rank - mean) ** 2,
    0,
  )
  const variance = (squares / (total - 1)) * ((drawn * (total - drawn)) / total)
  return Math.abs(rankSum(split, all) - drawn * mean) > BEYOND_CHANCE * Math.sqrt(variance)
}

/**
 * The mean rank that `areSizesBeyondChance` tests, scaled to 0 to 1: a split of all patients has 0.5, and a patient
 * larger than all others has nearly 1.
 *
 * @param split Sizes in the split, at least one; all of them are also in `all`.
 */
export const meanPlace = (split: readonly SizeCount[], all: readonly SizeCount[]): number =>
  (rankSum(split, all) / patientsOf(split) - 0.5) / patientsOf(all)

const patientsOf = (counts: readonly SizeCount[]) =>
  counts.reduce((sum, { patients }) => sum + patients, 0)

function rankSum(split: readonly SizeCount[], all: readonly SizeCount[]): number {
  const ranks = ranksBySize(all)
  return split.reduce(
    (sum, { images, patients }) => sum + patients * (ranks.get(images)?.rank ?? 0),
    0,
  )
}

/** Mean rank of the patients of each size, counted from 1, and the number of these patients. */
function ranksBySize(
  all: readonly SizeCount[],
): Map<number, { readonly rank: number; readonly patients: number }> {
  const ranks = new Map<number, { readonly rank: number; readonly patients: number }>()
  let before = 0
  for (const { images, patients } of [...all].sort((a, b) => a.images - b.images)) {
    ranks.set(images, { rank: before + (patients + 1) / 2, patients })
    before += patients
  }
  return ranks
}
