/**
 * Each number's share of the sum of natural logarithms, in percent: the scale of the paper's donut
 * (arXiv:2311.11969). A number of 1 has no share; null for a number of 0, or where all are 1.
 */
export function logShares(numbers: readonly number[]): (number | null)[] {
  const logs = numbers.map(n => (n > 0 ? Math.log(n) : null))
  const sum = logs.reduce<number>((total, log) => total + (log ?? 0), 0)
  return logs.map(log => (log === null || sum === 0 ? null : (100 * log) / sum))
}
