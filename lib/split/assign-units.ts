import { seededHash } from '../queries/seeded-hash'
import { drawQuotas } from './draw-quotas'
import { fillEmpty } from './fill-empty'
import type { Unit } from './member'
import { mendSplits } from './mend-splits'
import { placeLarge } from './place-large'
import { Presence } from './presence'
import { type Stratum, sortStrata } from './sort-strata'
import { spreadUnits } from './spread-units'
import { type Assigned, offBy, type Wanted } from './wanted'

/**
 * Assign units to splits by a random draw with a seed. Units of a dataset are sorted by size (in bins), then by the
 * stratum, and drawn so that every unit is equally likely to come into a split, in proportion to the images that the
 * split should have. Units that are too large for some split are placed before the draw. After the draw, units are
 * exchanged until the sizes are met, if possible units of the same dataset and of similar size. The order of `units`
 * does not matter.
 */
export function assignUnits(units: readonly Unit[], wanted: Wanted, seed: number): Assigned {
  const drawn = attempt(units, wanted, seed, false)
  // If images are drawn from a split's patients afterwards, the split must have at least that many.
  const tolerance = wanted.floors ? 0 : wanted.tolerance
  if (offBy(drawn.held, wanted) <= tolerance) return drawn
  const packed = attempt(units, wanted, seed, true)
  return offBy(packed.held, wanted) < offBy(drawn.held, wanted) ? packed : drawn
}

function attempt(units: readonly Unit[], wanted: Wanted, seed: number, packs: boolean): Assigned {
  const splitOf = placeLarge(units, wanted, seed, packs)
  const strata = sortStrata(
    units.filter(({ id }) => !splitOf.has(id)),
    seed,
  )
  const placed = heldBy(units, splitOf, wanted.images.length)
  const room = wanted.images.map((images, split) => Math.max(images - (placed[split] ?? 0), 0))
  drawStrata(strata, room, seed, splitOf)
  fillEmpty(units, wanted, seed, splitOf, packs)
  const drawn = strata.flatMap(stratum => stratum.units.map(({ unit }) => unit))
  const presence = new Presence(drawn, splitOf, wanted)
  presence.complete(seed)
  const held = heldBy(units, splitOf, wanted.images.length)
  mendSplits(strata, wanted, splitOf, held, presence)
  return { splitOf, held }
}

/** Draw the units of all strata, in proportion to the images that each split has room for. */
function drawStrata(
  strata: readonly Stratum[],
  room: readonly number[],
  seed: number,
  splitOf: Map<number, number>,
): void {
  const all = room.reduce((sum, images) => sum + images, 0)
  if (all === 0) return
  const quotas = drawQuotas(
    strata.map(({ units }) => units.length),
    room.map(images => images / all),
    fraction(seededHash(0, seed)),
  )
  for (const [nth, { units }] of strata.entries()) {
    const own = seededHash(nth, seededHash(1, seed))
    const splits = spreadUnits(quotas[nth] ?? [], split => fraction(seededHash(split, own)))
    for (const [place, { unit }] of units.entries()) splitOf.set(unit.id, splits[place] ?? 0)
  }
}

/** A hash as a number from 0 to 1 (exclusive). */
const fraction = (hash: number) => hash / 2 ** 32

/** Images of each split; units without a split do not count. */
function heldBy(
  units: readonly Unit[],
  splitOf: ReadonlyMap<number, number>,
  splits: number,
): number[] {
  const held = Array.from({ length: splits }, () => 0)
  for (const { id, images } of units) {
    const split = splitOf.get(id)
    if (split !== undefined) held[split] = (held[split] ?? 0) + images
  }
  return held
}
