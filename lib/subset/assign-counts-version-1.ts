import { seededHash } from '../queries/seeded-hash'
import { assignShares, type SplitGroup } from './assign-splits-version-1'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { REST, type SplitPlan } from './split-plan'

export interface CountedGroup extends SplitGroup {
  /** Image counts of the strata overlap if an image is in several strata. */
  readonly images: number
}

type Counts = Extract<SplitPlan, { counts: unknown }>['counts']

/**
 * Number of images for each split, with images in no split last: those beyond the counts. If there are fewer images
 * than asked for, each split gets a proportional part of them.
 */
export function wantedImages(counts: Counts, images: number): [number, number, number, number] {
  const asked = counts.reduce<number>((sum, one) => sum + (one === REST ? 0 : one), 0)
  const [train, val, test] = counts
  const scale = asked > images ? images / asked : 1
  const left = Math.max(images - asked, 0)
  const hasRest = test === REST
  return [train * scale, val * scale, hasRest ? left : test * scale, hasRest ? 0 : left]
}

/** Smaller than the effect of any move, larger than the rounding error of sums of fractions. */
const NOTHING = 1e-6

/**
 * Assign groups to splits without cutting a group. Image numbers come as near the counts as moving any single group can
 * bring them. Within that, each stratum is spread as `assignSplits` spreads it. Deterministic.
 *
 * @returns Split of each group, by group id; null for none.
 */
export function assignCounts(
  groups: readonly CountedGroup[],
  counts: Counts,
  seed: number,
): Map<number, SplitName | null> {
  const total = groups.reduce((sum, { images }) => sum + images, 0)
  const wanted = wantedImages(counts, total)
  const sides = assignShares(
    groups,
    wanted.map(images => images / Math.max(total, 1)),
    seed,
  )
  settle(groups, wanted, sides, seed)
  return new Map([...sides].map(([id, side]) => [id, SPLIT_NAMES[side] ?? null]))
}

/**
 * Move groups one at a time until no move brings the numbers nearer to the counts. This is needed because small strata
 * round to nothing.
 */
function settle(
  groups: readonly CountedGroup[],
  wanted: readonly number[],
  sides: Map<number, number>,
  seed: number,
): void {
  const excess = wanted.map(images => -images)
  const change = (side: number, images: number) => {
    excess[side] = (excess[side] as number) + images
  }
  for (const { id, images } of groups) change(sides.get(id) as number, images)
  const order = groups
    .map(group => ({ group, hash: seededHash(group.id, seed) }))
    .sort((a, b) => a.hash - b.hash)
  const open = wanted.flatMap((images, side) => (images > 0 ? [side] : []))
  const moveSome = (fitsOnly: boolean) => {
    let moved = false
    for (const { group } of order) {
      const from = sides.get(group.id) as number
      const to = betterSide(group.images, from, open, excess, fitsOnly)
      if (to === null) continue
      change(from, -group.images)
      change(to, group.images)
      sides.set(group.id, to)
      moved = true
    }
    return moved
  }
  // First moves groups that fit. Groups that are too large follow, if they still reduce the error.
  while (moveSome(true));
  while (moveSome(false));
}

/** The split where a group brings the numbers nearest to the counts; null if the group is there already. */
function betterSide(
  images: number,
  from: number,
  open: readonly number[],
  excess: readonly number[],
  fitsOnly: boolean,
): number | null {
  const off = (side: number, change: number) => Math.abs((excess[side] as number) + change)
  let best: number | null = null
  let bestGain = NOTHING
  for (const to of open) {
    if (to === from || (fitsOnly && (excess[to] as number) + images > NOTHING)) continue
    const gain = off(from, 0) + off(to, 0) - off(from, -images) - off(to, images)
    if (gain <= bestGain) continue
    best = to
    bestGain = gain
  }
  return best
}
