/**
 * Which split each place of a sorted stratum goes to: the places of every split lie at even distances, from a
 * start of its own, so that each split has its part of small and large units.
 *
 * @param counts Units of each split; the result has their sum of places.
 * @param startOf Random start of a split, from 0 to 1, exclusive.
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
