import { groupBy } from './group-by'
import type { Member, Unit } from './member'
import { Unions } from './unions'

/**
 * Join members that must be in one split to units.
 *
 * @param ties Lists of members that stay together. A list may have ids that are not in `members`; they connect other
 *   lists.
 * @returns Unit of each member, by its id, and the units in order of their ids.
 */
export function joinUnits(
  members: readonly Member[],
  ties: Iterable<readonly number[]>,
): { readonly units: readonly Unit[]; readonly unitOf: ReadonlyMap<number, number> } {
  const unions = new Unions()
  for (const tie of ties) unions.joinAll(tie)
  const groups = [...groupBy(members, ({ id }) => unions.find(id)).values()]
  const unitOf = new Map<number, number>()
  const units = groups.map(group => {
    const unit = unitOfGroup(group)
    for (const { id } of group) unitOf.set(id, unit.id)
    return unit
  })
  return { units: units.sort((a, b) => a.id - b.id), unitOf }
}

function unitOfGroup(group: readonly Member[]): Unit {
  const datasets = [...new Set(group.map(({ dataset }) => dataset))].sort()
  const strata = [...new Set(group.map(({ stratum }) => stratum))].sort()
  return {
    id: group.reduce((lowest, { id }) => Math.min(lowest, id), group[0]?.id ?? 0),
    members: group.length,
    images: group.reduce((sum, { images }) => sum + images, 0),
    datasets,
    stratum: strata.join(' '),
  }
}
