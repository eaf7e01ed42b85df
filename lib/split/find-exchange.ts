import { seededHash } from '../queries/seeded-hash'
import type { Unit } from './member'
import type { Presence } from './presence'

/** A unit that moves to another split, and a unit that moves back in exchange; null for none. */
export interface Exchange {
  readonly give: Unit
  readonly take: Unit | null
}

/** The number of images that should move from one split to another. */
export interface Need {
  readonly from: number
  readonly to: number
  /** Greater than 0. */
  readonly images: number
}

/**
 * Find the exchange of two units of one group that comes nearest to moving the needed number of images from one split
 * to the other. Null if every exchange is worse than none.
 *
 * @param moves Look for single units to move, without an exchange.
 */
export function findExchange(
  groups: readonly (readonly Unit[])[],
  splitOf: ReadonlyMap<number, number>,
  need: Need,
  moves: boolean,
  presence: Presence,
): Exchange | null {
  if (moves && !presence.hasOthers(need.from)) return null
  let best: Exchange | null = null
  // Only exchanges that miss by less than no exchange does.
  let bestMiss = need.images
  for (const group of groups) {
    const given = bySize(group, splitOf, need.from, presence)
    const taken = moves ? [null] : bySize(group, splitOf, need.to, presence)
    let at = 0
    for (const give of given) {
      const target = give.images - need.images
      while (at < taken.length - 1 && sizeOf(taken[at + 1]) <= target) at++
      for (const take of [taken[at], taken[at + 1]]) {
        if (take === undefined) continue
        const miss = Math.abs(sizeOf(take) - target)
        if (miss >= bestMiss) continue
        best = { give, take }
        bestMiss = miss
      }
    }
  }
  return best
}

const sizeOf = (unit: Unit | null | undefined) => unit?.images ?? 0

/** The units of a split that may leave it, smallest first; units of equal size in an order that looks random. */
function bySize(
  group: readonly Unit[],
  splitOf: ReadonlyMap<number, number>,
  split: number,
  presence: Presence,
): Unit[] {
  return group
    .filter(unit => splitOf.get(unit.id) === split && presence.canLeave(unit, split))
    .sort((a, b) => a.images - b.images || seededHash(a.id, split) - seededHash(b.id, split))
}
