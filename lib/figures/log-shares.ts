/**
 * Share of each number's natural logarithm in the sum of logarithms, in percent: the scale of the paper's donut
 * (arXiv:2311.11969). The share of 1 is 0; null for 0, or if all numbers are 1.
 */
export function logShares(numbers: readonly number[]): (number | null)[] {
  const logs = numbers.map(n => (n > 0 ? Math.log(n) : null))
  const sum = logs.reduce<number>((total, log) => total + (log ?? 0), 0)
  return logs.map(log => (log === null || sum === 0 ? null : (100 * log) / sum))
}
