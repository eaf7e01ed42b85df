import { seededHash } from '../queries/seeded-hash'
import type { Unit } from './member'
import type { Wanted } from './wanted'

/**
 * Move a random unit to each split that should have images but has none, because an empty test split is worse than
 * one of the wrong size. The unit comes from the split with most units, which keeps at least one.
 *
 * @param packs Move the unit whose size is nearest to what the split should have; among equally near ones, a random
 *   one.
 * @param splitOf Split of each unit, by its id; changed.
 */
export function fillEmpty(
  units: readonly Unit[],
  { images, spare }: Pick<Wanted, 'images' | 'spare'>,
  seed: number,
  splitOf: Map<number, number>,
  packs: boolean,
): void {
  const shuffled = units
    .map(({ id }) => ({ id, hash: seededHash(id, seed) }))
    .sort((a, b) => a.hash - b.hash)
    .map(({ id }) => id)
  const sizes = new Map(units.map(unit => [unit.id, unit.images]))
  const byMiss = (ids: readonly number[], wanted: number) => {
    const missOf = (id: number) => Math.abs((sizes.get(id) ?? 0) - wanted)
    return [...ids].sort((a, b) => missOf(a) - missOf(b))
  }
  const idsIn = (split: number) => shuffled.filter(id => splitOf.get(id) === split)
  for (const [split, wanted] of images.entries()) {
    if (split === spare || wanted === 0 || idsIn(split).length > 0) continue
    const most = images
      .map((_, from) => idsIn(from))
      .reduce((best, ids) => (ids.length > best.length ? ids : best))
    const [given] = packs ? byMiss(most, wanted) : most
    if (given !== undefined && most.length > 1) splitOf.set(given, split)
  }
}
