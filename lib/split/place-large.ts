import { seededHash } from '../queries/seeded-hash'
import type { Unit } from './member'
import type { Wanted } from './wanted'

/**
 * Place the units that are too large for some split, largest first. Each goes to a random split that it fits in, in
 * proportion to the sizes of the splits, or else to the split with most room.
 *
 * @param packs Place every unit larger than the tolerance, and always where there is most room, for large units that
 *   fit in only one way.
 * @returns Split of each unit that was placed, by its id.
 */
export function placeLarge(
  units: readonly Unit[],
  { images, tolerance }: Wanted,
  seed: number,
  packs: boolean,
): Map<number, number> {
  const open = images.flatMap((target, split) => (target > 0 ? [split] : []))
  const smallest = Math.min(...open.map(split => images[split] ?? 0))
  const bound = packs ? tolerance : smallest + tolerance
  const large = units
    .filter(unit => unit.images > bound)
    .map(unit => ({ unit, hash: seededHash(unit.id, seed) }))
    .sort((a, b) => b.unit.images - a.unit.images || a.hash - b.hash)
  const splitOf = new Map<number, number>()
  const room = [...images]
  for (const { unit, hash } of large) {
    const fitting = open.filter(split => unit.images <= (room[split] ?? 0) + tolerance)
    const split =
      packs || fitting.length === 0 ? roomiest(open, room) : drawn(fitting, images, hash / 2 ** 32)
    splitOf.set(unit.id, split)
    room[split] = (room[split] ?? 0) - unit.images
  }
  return splitOf
}

const roomiest = (splits: readonly number[], room: readonly number[]): number =>
  splits.reduce(
    (best, split) => ((room[split] ?? 0) > (room[best] ?? 0) ? split : best),
    splits[0] ?? 0,
  )

/** A random one of some splits, in proportion to their sizes. */
function drawn(splits: readonly number[], images: readonly number[], point: number): number {
  const sum = splits.reduce((total, split) => total + (images[split] ?? 0), 0)
  let end = 0
  for (const split of splits) {
    end += (images[split] ?? 0) / sum
    if (point < end) return split
  }
  return splits.at(-1) ?? 0
}
