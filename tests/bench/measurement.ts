export interface Measurement {
  readonly what: string
  readonly value: number
  readonly unit: string
  /** Ceiling, or floor with `more`. */
  readonly budget?: number
  readonly more?: boolean
}

/** One line of the bench's table. */
export function row({ what, value, unit, budget, more }: Measurement): string {
  const number = value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
  const limit =
    budget === undefined
      ? ''
      : `  ${more ? 'at least' : 'at most'} ${budget.toLocaleString('en-US')}`
  const missed = budget !== undefined && (more ? value < budget : value > budget)
  return `${what.padEnd(52)} ${number.padStart(10)} ${unit.padEnd(8)}${limit}${missed ? '  OVER' : ''}`
}

/** The value below which a share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
