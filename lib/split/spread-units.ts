/**
 * Choose a split for each place of a sorted stratum. The places of a split are at equal distances from a random
 * start, so that each split gets its part of small and large units.
 *
 * @param counts Units of each split; they add up to the number of places.
 * @param startOf Random start of a split, from 0 to 1 (exclusive).
 */
export function spreadUnits(
  counts: readonly number[],
  startOf: (split: number) => number,
): number[] {
  const slots = counts.flatMap((count, split) => {
    const start = startOf(split)
    return Array.from({ length: count }, (_, nth) => ({ split, at: (nth + start) / count }))
  })
  return slots.sort((a, b) => a.at - b.at || a.split - b.split).map(({ split }) => split)
}
