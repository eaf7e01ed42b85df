/** Steps of the golden ratio around a circle cover it evenly, for any number of steps. */
const TURN = (Math.sqrt(5) - 1) / 2

/**
 * The number of units of each stratum that every split gets: its quota rounded down, and for some splits one more.
 * These are drawn with the probability of their remainder (systematic sampling, Madow 1949). The start of the draw
 * moves on from stratum to stratum, so that remainders even out over all strata.
 *
 * @param sizes Units of each stratum.
 * @param probabilities One for each split; they add up to 1.
 * @param start From 0 to 1 (exclusive), from the seed.
 * @returns Counts by stratum and split; those of a stratum add up to its size.
 */
export function drawQuotas(
  sizes: readonly number[],
  probabilities: readonly number[],
  start: number,
): number[][] {
  return sizes.map((size, stratum) => {
    const quotas = probabilities.map(probability => probability * size)
    const counts = quotas.map(quota => Math.floor(quota + ROUNDING))
    const left = size - counts.reduce((sum, count) => sum + count, 0)
    const first = (start + stratum * TURN) % 1
    for (let nth = 0; nth < left; nth++) {
      const split = splitAt(first + nth, quotas, counts.length)
      counts[split] = (counts[split] ?? 0) + 1
    }
    return counts
  })
}

/** A product such as 0.1 · 30 can come out slightly below the whole number that it should be. */
const ROUNDING = 1e-9

/** If the remainders of the splits are laid end to end, the split at a point of this line. */
function splitAt(point: number, quotas: readonly number[], splits: number): number {
  let end = 0
  for (let split = 0; split < splits; split++) {
    const quota = quotas[split] ?? 0
    end += Math.max(quota - Math.floor(quota + ROUNDING), 0)
    if (point < end - ROUNDING) return split
  }
  // Reached only by rounding errors: the last split that gets anything.
  return quotas.findLastIndex(quota => quota > ROUNDING)
}
