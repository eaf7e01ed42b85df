import { seededHash } from '../queries/seeded-hash'
import type { Unit } from './member'
import type { Wanted } from './wanted'

/**
 * Bring a unit, at random, to each split that is to have images and has none, from the split that has most units,
 * as long as that keeps one: an empty test split is worse than one of the wrong size.
 *
 * @param splitOf Split of each unit, by its id; changed.
 */
export function fillEmpty(
  units: readonly Unit[],
  { images, spare }: Pick<Wanted, 'images' | 'spare'>,
  seed: number,
  splitOf: Map<number, number>,
): void {
  const shuffled = units
    .map(({ id }) => ({ id, hash: seededHash(id, seed) }))
    .sort((a, b) => a.hash - b.hash)
    .map(({ id }) => id)
  const idsIn = (split: number) => shuffled.filter(id => splitOf.get(id) === split)
  for (const [split, wanted] of images.entries()) {
    if (split === spare || wanted === 0 || idsIn(split).length > 0) continue
    const most = images
      .map((_, from) => idsIn(from))
      .reduce((best, ids) => (ids.length > best.length ? ids : best))
    const [given] = most
    if (given !== undefined && most.length > 1) splitOf.set(given, split)
  }
}
