import { seededHash } from '../queries/seeded-hash'
import { SPLIT_NAMES, type SplitName } from './recipe'

/** Cases that must stay together, with their number of images in each stratum. */
export interface SplitGroup {
  /** Any stable number. A hash of it breaks ties. */
  readonly id: number
  readonly strata: ReadonlyMap<string, number>
}

/**
 * Assign groups to splits without cutting a group, so that image numbers come near the shares, overall and in each
 * stratum. Large groups come first. Each goes to the split that lacks most of what the group has. Deterministic.
 *
 * @param shares Of train, val and test; a split with share 0 gets nothing.
 * @returns Split of each group, by group id.
 */
export function assignSplits(
  groups: readonly SplitGroup[],
  shares: readonly [number, number, number],
  seed: number,
): Map<number, SplitName> {
  const sides = assignShares(groups, shares, seed)
  return new Map([...sides].map(([id, side]) => [id, SPLIT_NAMES[side] as SplitName]))
}

/** Like `assignSplits`, with any number of splits. Returns the index in `shares` for each group, by group id. */
export function assignShares(
  groups: readonly SplitGroup[],
  shares: readonly number[],
  seed: number,
): Map<number, number> {
  const sizeOf = ({ strata }: SplitGroup) => [...strata.values()].reduce((sum, n) => sum + n, 0)
  const totals = new Map<string, number>()
  for (const { strata } of groups)
    for (const [stratum, n] of strata) totals.set(stratum, (totals.get(stratum) ?? 0) + n)
  const order = groups
    .map(group => ({ group, size: sizeOf(group), hash: seededHash(group.id, seed) }))
    .sort((a, b) => b.size - a.size || a.hash - b.hash)
  const held = shares.map(() => new Map<string, number>())
  const assigned = new Map<number, number>()
  for (const { group } of order) {
    let best = 0
    let bestNeed = Number.NEGATIVE_INFINITY
    for (const [split, share] of shares.entries()) {
      if (share === 0) continue
      // Sums what the split still lacks of each stratum, weighted by what the group adds to it. A group goes where it
      // leaves the smallest excess.
      let need = 0
      for (const [stratum, n] of group.strata) {
        const wanted = share * (totals.get(stratum) ?? 0)
        need += (n * (wanted - (held[split]?.get(stratum) ?? 0))) / (totals.get(stratum) ?? 1)
      }
      if (need > bestNeed) {
        best = split
        bestNeed = need
      }
    }
    for (const [stratum, n] of group.strata)
      held[best]?.set(stratum, (held[best]?.get(stratum) ?? 0) + n)
    assigned.set(group.id, best)
  }
  return assigned
}

/** Union-find: joins members in pairs. */
export class Unions {
  private readonly parent = new Map<number, number>()

  /** The lowest member of the set that contains `member`. */
  find(member: number): number {
    let root = member
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up
    // Shortens the path, so that later searches are fast.
    for (let at = member; at !== root; ) {
      const up = this.parent.get(at) as number
      this.parent.set(at, root)
      at = up
    }
    return root
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number]
    if (low !== high) this.parent.set(high, low)
  }
}
