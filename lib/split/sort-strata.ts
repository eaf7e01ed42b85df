import { seededHash } from '../queries/seeded-hash'
import { groupBy } from './group-by'
import type { Unit } from './member'

/** Units of the same datasets, in the order in which they are drawn. */
export interface Stratum {
  /** Names of the datasets, joined. */
  readonly name: string
  readonly units: readonly SortedUnit[]
}

/** A unit with its bin of size within its stratum. */
export interface SortedUnit {
  readonly unit: Unit
  /** From 0, smallest first. */
  readonly bin: number
}

/** Bins of size of one stratum, with as many units each as equal sizes let them have. */
const BINS = 5

/** Strata by name; in each the units by size in bins, then by what else is balanced, then at random. */
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
