/** A sum of variables with factors. */
export type Terms = Record<string, number>

/** A mixed-integer program to be minimised, written out in CPLEX's LP format. Variables are >= 0. */
export class LinearProgram {
  private readonly costs: Terms = {}
  private readonly rows: string[] = []
  private readonly bounds: string[] = []
  private readonly integers: string[] = []
  private readonly sums = new Map<string, Terms>()

  /** Cost per unit of a variable. */
  cost(name: string, weight: number): void {
    this.costs[name] = weight
  }

  row(terms: Terms, relation: '<=' | '>=' | '=', value: number): void {
    this.rows.push(` r${this.rows.length}: ${sumText(terms)} ${relation} ${value}`)
  }

  /** A row between two bounds. */
  between(terms: Terms, lo: number, hi: number): void {
    this.row(terms, '>=', lo)
    this.row(terms, '<=', hi)
  }

  atMost(name: string, value: number): void {
    this.bounds.push(` 0 <= ${name} <= ${value}`)
  }

  /** Declare a whole number from 0 to `hi`. */
  integer(name: string, hi: number): void {
    this.atMost(name, hi)
    this.integers.push(name)
  }

  /** Add a variable to named sums, such as "images of CT", of which rows are made later. */
  addTo(sums: readonly string[], name: string): void {
    for (const key of sums) this.sums.set(key, { ...this.sums.get(key), [name]: 1 })
  }

  sum(key: string): Terms {
    return this.sums.get(key) ?? {}
  }

  toString(): string {
    return [
      'Minimize',
      ` obj: ${sumText(this.costs)}`,
      'Subject To',
      ...this.rows,
      'Bounds',
      ...this.bounds,
      'Generals',
      ...this.integers.map(name => ` ${name}`),
      'End\n',
    ].join('\n')
  }
}

const sumText = (terms: Terms): string =>
  Object.entries(terms)
    .map(([name, k]) => `${k < 0 ? '-' : '+'} ${Math.abs(k)} ${name}`)
    .join('\n ')
