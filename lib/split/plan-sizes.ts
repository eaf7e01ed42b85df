import type { Wanted } from './wanted'

/** A split may miss its size by one percentage point, or by half of the largest patient if that is more. */
const POINT = 0.01

/** Share of all images; splits that miss their sizes by less are not improved. */
const FINE = 0.002

const toleranceOf = (total: number, largest: number) => Math.max(POINT * total, largest / 2)

/** Sizes that are shares of all images. */
export function wantedOfShares(shares: readonly number[], total: number, largest: number): Wanted {
  return {
    images: shares.map(share => share * total),
    tolerance: toleranceOf(total, largest),
    fine: FINE * total,
  }
}

/** Sizes that are numbers of images. */
export interface CountedSizes {
  /** For `assignUnits`. The last split is for images beyond all numbers, which leave the subset. */
  readonly wanted: Wanted
  /** Images that are drawn from each split's patients afterwards; null if patients stay complete. */
  readonly drawn: readonly (number | null)[] | null
}

/**
 * Sizes for numbers of images. If no patient is larger than a number, complete patients are drawn, and exchanges meet
 * the numbers as closely as they can. Otherwise, all patients are drawn in proportion to the numbers, and slices are
 * drawn from them afterwards. If there are fewer images than asked for, each split gets its part.
 *
 * @param counts Images of each split; null for the rest.
 * @param largest Images of the largest patient.
 */
export function wantedOfCounts(
  counts: readonly (number | null)[],
  total: number,
  largest: number,
): CountedSizes {
  const asked = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const scale = asked > total ? total / asked : 1
  const left = Math.max(total - asked, 0)
  const hasRest = counts.includes(null)
  const images = counts.map(count => (count === null ? left : count * scale))
  const within = { tolerance: toleranceOf(Math.min(asked, total), largest), fine: 0 }
  const least = Math.min(...images.filter((n, split) => counts[split] !== null && n > 0))
  if (largest <= least)
    return {
      wanted: { images: [...images, hasRest ? 0 : left], spare: counts.length, ...within },
      drawn: null,
    }
  return {
    wanted: {
      images: [
        ...(hasRest ? images : images.map(n => (n * total) / Math.max(asked * scale, 1))),
        0,
      ],
      floors: [...images.map((n, split) => (counts[split] === null ? 0 : n)), 0],
      ...within,
    },
    drawn: counts,
  }
}
