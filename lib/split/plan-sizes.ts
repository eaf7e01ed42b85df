import type { Wanted } from './wanted'

/** A split may be off by a point, or by half of the largest patient if that is more. */
const POINT = 0.01

/** Part of all images within which shares are met well enough. */
const FINE = 0.002

const toleranceOf = (total: number, largest: number) => Math.max(POINT * total, largest / 2)

/** Sizes as shares of all images, with the split of each. */
export function wantedOfShares(shares: readonly number[], total: number, largest: number): Wanted {
  return {
    images: shares.map(share => share * total),
    tolerance: toleranceOf(total, largest),
    fine: FINE * total,
  }
}

/** Sizes as numbers of images, as they can be met. */
export interface CountedSizes {
  /** For `assignUnits`; the last split is for what is left over, and leaves the subset. */
  readonly wanted: Wanted
  /** Images that are drawn from the patients of each split; null if patients stay whole. */
  readonly drawn: readonly (number | null)[] | null
}

/**
 * What counts ask for. Where no patient is larger than a count, whole patients are drawn until the counts are met
 * as nearly as exchanges can; else all patients are drawn, in proportion to the counts, and slices of them after
 * that. If there are fewer images than asked for, each split gets its part.
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
