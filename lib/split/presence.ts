import { seededHash } from '../queries/seeded-hash'
import type { Unit } from './member'
import type { Wanted } from './wanted'

/** A dataset must be in a split if it has at least so many units, and half a unit or more by the split's share. */
const PRESENT_FROM = 10
const LEAST_QUOTA = 0.5

/** The datasets and numbers of units in each split, and which datasets must be in it. */
export class Presence {
  /** Units by dataset and split. */
  private readonly counts = new Map<string, number[]>()
  private readonly totals = new Map<string, number>()
  private readonly shares: readonly number[]
  /** Units of each split, including units that were placed before. */
  private readonly held: number[]

  constructor(
    private readonly units: readonly Unit[],
    private readonly splitOf: Map<number, number>,
    { images, spare }: Pick<Wanted, 'images' | 'spare'>,
  ) {
    const sum = images.reduce((total, n) => total + n, 0)
    this.shares = images.map((n, split) => (split === spare ? 0 : n / Math.max(sum, 1)))
    this.held = images.map(() => 0)
    for (const split of splitOf.values()) this.held[split] = (this.held[split] ?? 0) + 1
    for (const unit of units) this.count(unit, splitOf.get(unit.id) ?? 0, 1)
    for (const [dataset, counts] of this.counts)
      this.totals.set(
        dataset,
        counts.reduce((total, n) => total + n, 0),
      )
  }

  /** Move one random unit of each dataset to each split that lacks the dataset and should have it. */
  complete(seed: number): void {
    for (const dataset of [...this.counts.keys()].sort())
      for (const split of this.shares.keys())
        if (this.isWanted(dataset, split) && this.inSplit(dataset, split) === 0)
          this.bring(dataset, split, seed)
  }

  /** Whether a unit can leave its split without taking away a dataset that must be in it. */
  canLeave(unit: Unit, from: number): boolean {
    return unit.datasets.every(
      dataset => !this.isWanted(dataset, from) || this.inSplit(dataset, from) > 1,
    )
  }

  /** Whether a split keeps other units if one leaves it. */
  hasOthers(from: number): boolean {
    return (this.held[from] ?? 0) > 1
  }

  move(unit: Unit, from: number, to: number): void {
    this.held[from] = (this.held[from] ?? 0) - 1
    this.held[to] = (this.held[to] ?? 0) + 1
    this.count(unit, from, -1)
    this.count(unit, to, 1)
    this.splitOf.set(unit.id, to)
  }

  private bring(dataset: string, split: number, seed: number): void {
    const candidates = this.units
      .filter(unit => unit.datasets.includes(dataset))
      .map(unit => ({
        unit,
        from: this.splitOf.get(unit.id) ?? 0,
        hash: seededHash(unit.id, seed),
      }))
      .filter(
        ({ unit, from }) => from !== split && this.hasOthers(from) && this.canLeave(unit, from),
      )
      .sort((a, b) => a.hash - b.hash)
    const [found] = candidates
    if (found) this.move(found.unit, found.from, split)
  }

  private isWanted(dataset: string, split: number): boolean {
    const total = this.totals.get(dataset) ?? 0
    return total >= PRESENT_FROM && total * (this.shares[split] ?? 0) >= LEAST_QUOTA
  }

  private inSplit(dataset: string, split: number): number {
    return this.counts.get(dataset)?.[split] ?? 0
  }

  private count(unit: Unit, split: number, by: number): void {
    for (const dataset of unit.datasets) {
      const counts = this.counts.get(dataset) ?? []
      counts[split] = (counts[split] ?? 0) + by
      this.counts.set(dataset, counts)
    }
  }
}
