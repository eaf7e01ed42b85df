import { MOST_FOLDS, REST, type SplitPlan } from '../../lib/subset/split-plan'

export type Shares = Extract<SplitPlan, { shares: unknown }>['shares']
export type Counts = Extract<SplitPlan, { counts: unknown }>['counts']

/** Rounded as shown on the page. */
export const percent = (share: number) => Math.round(share * 100)

/** The nearest whole number from 0 to a maximum; 0 for NaN. */
export const clamp = (n: number, max: number) => Math.min(Math.max(Math.round(n) || 0, 0), max)

export const wholeOf = (text: string) => clamp(Number(text), Number.MAX_SAFE_INTEGER)

export function withShares(
  { by, stratify, overlap, algorithm }: SplitPlan,
  shares: Shares,
  folds?: number,
): SplitPlan {
  const how = { shares, by, stratify, overlap, algorithm }
  return folds === undefined ? how : { ...how, folds }
}

export function withCounts(
  { by, stratify, overlap, algorithm }: SplitPlan,
  counts: Counts,
): SplitPlan {
  return { counts: sound(counts), by, stratify, overlap, algorithm }
}

/** The plan with train and val merged and divided into folds; without folds if `folds` is less than two. */
export function withFolds(plan: Extract<SplitPlan, { shares: unknown }>, folds: number): SplitPlan {
  const [train, val, test] = plan.shares
  if (folds < 2) return withShares(plan, plan.shares)
  // Two decimals, as shown on the page.
  const all = Math.round(100 * (train + val)) / 100
  return withShares(plan, all > 0 ? [all, 0, test] : [1, 0, 0], Math.min(folds, MOST_FOLDS))
}

/** Counts with a total of at most 1 would be read as shares, so test becomes the rest. */
export const sound = ([train, val, test]: Counts): Counts =>
  test !== REST && train + val + test <= 1 ? [train, val, REST] : [train, val, test]

/** Number of images to assume until they are counted. */
const SOME = 1_000

/** Convert shares to counts of about the same sizes. Test gets the rest. */
export const countsOf = ([train, val]: Shares, images: number | null): Counts => [
  Math.round(train * (images ?? SOME)),
  Math.round(val * (images ?? SOME)),
  REST,
]

/** Convert counts to shares of about the same sizes, in whole percent, as shown on the page. */
export function sharesOf([train, val, test]: Counts, images: number | null): Shares {
  const all = test === REST ? Math.max(images ?? SOME, train + val) : train + val + test
  const a = percent(train / Math.max(all, 1))
  const b = Math.min(percent(val / Math.max(all, 1)), 100 - a)
  return [a / 100, b / 100, (100 - a - b) / 100]
}
