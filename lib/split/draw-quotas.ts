/** Turns of the golden ratio fill a circle evenly, however many there are. */
const TURN = (Math.sqrt(5) - 1) / 2

/**
 * How many units of each stratum every split gets: its quota, rounded down, and of what is left over the splits
 * that are drawn, each with the probability of its remainder (systematic sampling, Madow 1949). The start of the
 * draw goes round from stratum to stratum, so that remainders even out over all of them.
 *
 * @param sizes Units of each stratum.
 * @param probabilities Of each split; they sum up to 1.
 * @param start From 0 to 1, exclusive: the seed's.
 * @returns Counts by stratum and split; those of a stratum sum up to its size.
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

/** A quota such as 0.1 · 30 is a whole number, though its product is a little less. */
const ROUNDING = 1e-9

/** The split in whose part of the line of remainders a point lies. */
function splitAt(point: number, quotas: readonly number[], splits: number): number {
  let end = 0
  for (let split = 0; split < splits; split++) {
    const quota = quotas[split] ?? 0
    end += Math.max(quota - Math.floor(quota + ROUNDING), 0)
    if (point < end - ROUNDING) return split
  }
  // By rounding only: the last split that gets anything.
  return quotas.findLastIndex(quota => quota > ROUNDING)
}
