import { seededHash } from '../queries/seeded-hash'
import { groupBy } from './group-by'
import type { Unit } from './member'

/** Units of the same datasets, in the order in which they are drawn. */
export interface Stratum {
  /** Names of the datasets, joined. */
  readonly name: string
  readonly units: readonly SortedUnit[]
}

/** A unit with the size bin that it has in its stratum. */
export interface SortedUnit {
  readonly unit: Unit
  /** From 0, smallest first. */
  readonly bin: number
}

/** Size bins per stratum; bins have the same number of units, as far as units of equal size allow. */
const BINS = 5

/** Strata, sorted by name. Units are sorted by size bin, then by what they are balanced by, then at random. */
export function sortStrata(units: readonly Unit[], seed: number): Stratum[] {
  const groups = [...groupBy(units, ({ datasets }) => datasets.join('/'))]
  return groups
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, members]) => ({ name, units: sorted(members, seed) }))
}

function sorted(units: readonly Unit[], seed: number): SortedUnit[] {
  const sizes = units.map(({ images }) => images).sort((a, b) => a - b)
  const bounds = Array.from(
    { length: BINS - 1 },
    (_, i) => sizes[Math.floor(((i + 1) * sizes.length) / BINS)] ?? 0,
  )
  const binOf = ({ images }: Unit) => bounds.filter(bound => bound < images).length
  return units
    .map(unit => ({ unit, bin: binOf(unit), hash: seededHash(unit.id, seed) }))
    .sort(
      (a, b) =>
        a.bin - b.bin ||
        compare(a.unit.stratum, b.unit.stratum) ||
        a.hash - b.hash ||
        a.unit.id - b.unit.id,
    )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
