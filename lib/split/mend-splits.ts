import { type Exchange, findExchange, type Need } from './find-exchange'
import { groupBy } from './group-by'
import type { Unit } from './member'
import type { Presence } from './presence'
import type { Stratum } from './sort-strata'
import { offBy, type Wanted } from './wanted'

/** Limit for the exchanges of one scope. A draw that needs more is not corrected further. */
const MOST_EXCHANGES = 100

/**
 * Exchange units between splits until the sizes are met. First, units of one dataset and size bin are exchanged until
 * the sizes are as close as `wanted.fine`. If the sizes are still off by more than the tolerance, units of one
 * dataset are exchanged, then any units, and last, single units move.
 *
 * @param held Images of each split; changed.
 * @param presence Keeps datasets in the splits that should have them, and changes the splits of units.
 */
export function mendSplits(
  strata: readonly Stratum[],
  wanted: Wanted,
  splitOf: ReadonlyMap<number, number>,
  held: number[],
  presence: Presence,
): void {
  // If images are drawn from a split's patients afterwards, the split must have at least that many.
  const tolerance = wanted.floors ? 0 : wanted.tolerance
  const bins = strata.flatMap(({ units }) =>
    [...groupBy(units, ({ bin }) => bin).values()].map(group => group.map(({ unit }) => unit)),
  )
  const datasets = strata.map(({ units }) => units.map(({ unit }) => unit))
  const everything = [datasets.flat()]
  const scopes: readonly [readonly (readonly Unit[])[], number, boolean][] = [
    [bins, wanted.fine, false],
    [datasets, tolerance, false],
    [everything, tolerance, false],
    [everything, tolerance, true],
  ]
  for (const [groups, within, moves] of scopes)
    for (let n = 0; n < MOST_EXCHANGES && offBy(held, wanted) > within; n++) {
      const need = needOf(held, wanted)
      if (!need) break
      const found = findExchange(groups, splitOf, need, moves, presence)
      if (!found) break
      apply(found, need.from, need.to, held, presence)
    }
}

/** From the split with the largest excess to the split that lacks most; null if no split lacks images. */
function needOf(held: readonly number[], { images, floors }: Wanted): Need | null {
  const excess = held.map((has, split) => has - (floors?.[split] ?? images[split] ?? 0))
  const open = excess.flatMap((_, split) => ((images[split] ?? 0) > 0 ? [split] : []))
  const pick = (isBetter: (a: number, b: number) => boolean) =>
    open.reduce(
      (best, split) => (isBetter(excess[split] ?? 0, excess[best] ?? 0) ? split : best),
      open[0] ?? 0,
    )
  const [from, to] = [pick((a, b) => a > b), pick((a, b) => a < b)]
  const size = Math.min(excess[from] ?? 0, -(excess[to] ?? 0))
  return size > 0 ? { from, to, images: size } : null
}

function apply(
  { give, take }: Exchange,
  from: number,
  to: number,
  held: number[],
  presence: Presence,
): void {
  presence.move(give, from, to)
  if (take) presence.move(take, to, from)
  const change = give.images - (take?.images ?? 0)
  held[from] = (held[from] ?? 0) - change
  held[to] = (held[to] ?? 0) + change
}
