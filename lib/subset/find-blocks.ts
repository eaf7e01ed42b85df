import type { Overlap } from '../split/find-overlaps'
import { groupBy } from '../split/group-by'
import type { Member, Unit } from '../split/member'
import type { Block } from './split-report'

/** Maximum number of blocks in a report. */
const MOST_BLOCKS = 10

/** A block smaller than this part of all images is listed only if pairs of datasets hold it together. */
const LEAST_SHARE = 0.01

/**
 * The units larger than a patient that matter, largest first: those with at least a hundredth of all images, and those
 * that pairs of datasets hold together.
 *
 * @param held Overlaps whose datasets are kept in one split.
 */
export function findBlocks(
  members: readonly Member[],
  { units, unitOf }: { units: readonly Unit[]; unitOf: ReadonlyMap<number, number> },
  held: readonly Overlap[],
): Block[] {
  const all = units.reduce((sum, { images }) => sum + images, 0)
  const pairsOf = groupBy(
    held.filter(overlap => overlap.held.length > 0),
    ({ held: [side] }) => unitOf.get(side?.members[0] ?? -1),
  )
  const joined = units.filter(unit => unit.members > 1)
  const large = joined
    .filter(unit => pairsOf.has(unit.id) || unit.images >= LEAST_SHARE * all)
    .sort((a, b) => b.images - a.images || a.id - b.id)
    .slice(0, MOST_BLOCKS)
  const patientsOf = groupBy(members, ({ id }) => unitOf.get(id))
  return large.map(unit => {
    const pairs = (pairsOf.get(unit.id) ?? []).map(({ pair }) => pair.datasets)
    return {
      datasets: unit.datasets,
      patients: patientsOf.get(unit.id)?.length ?? unit.members,
      images: unit.images,
      share: unit.images / Math.max(all, 1),
      pairs,
      isChain: pairs.length > 0 && !areAllPaired(unit.datasets, pairs),
    }
  })
}

const areAllPaired = (datasets: readonly string[], pairs: readonly (readonly string[])[]) =>
  datasets.every((a, i) =>
    datasets.slice(i + 1).every(b => pairs.some(pair => pair.includes(a) && pair.includes(b))),
  )
