import { MOST_FOLDS, REST, type SplitPlan } from '../../lib/subset/split-plan'

export type Shares = Extract<SplitPlan, { shares: unknown }>['shares']
export type Counts = Extract<SplitPlan, { counts: unknown }>['counts']

/** As it is shown. */
export const percent = (share: number) => Math.round(share * 100)

/** The nearest whole number from 0 to a maximum; 0 for what is no number. */
export const clamp = (n: number, max: number) => Math.min(Math.max(Math.round(n) || 0, 0), max)

export const wholeOf = (text: string) => clamp(Number(text), Number.MAX_SAFE_INTEGER)

/** The plan with shares as its sizes. */
export function withShares(
  { by, stratify, overlap, algorithm }: SplitPlan,
  shares: Shares,
  folds?: number,
): SplitPlan {
  const how = { shares, by, stratify, overlap, algorithm }
  return folds === undefined ? how : { ...how, folds }
}

/** The plan with counts as its sizes. */
export function withCounts(
  { by, stratify, overlap, algorithm }: SplitPlan,
  counts: Counts,
): SplitPlan {
  return { counts: sound(counts), by, stratify, overlap, algorithm }
}

/** The plan with its train in folds and nothing in val; without folds for fewer than two. */
export function withFolds(plan: Extract<SplitPlan, { shares: unknown }>, folds: number): SplitPlan {
  const [train, val, test] = plan.shares
  if (folds < 2) return withShares(plan, plan.shares)
  // Two decimals, as they are shown.
  const all = Math.round(100 * (train + val)) / 100
  return withShares(plan, all > 0 ? [all, 0, test] : [1, 0, 0], Math.min(folds, MOST_FOLDS))
}

/** One image at most would be shares again. */
export const sound = ([train, val, test]: Counts): Counts =>
  test !== REST && train + val + test <= 1 ? [train, val, REST] : [train, val, test]

/** Where nothing is counted yet, of a thousand images. */
const SOME = 1_000

/** Counts of about the same sizes, with the rest for test. */
export const countsOf = ([train, val]: Shares, images: number | null): Counts => [
  Math.round(train * (images ?? SOME)),
  Math.round(val * (images ?? SOME)),
  REST,
]

/** Shares of about the same sizes, in whole percent, as they are shown. */
export function sharesOf([train, val, test]: Counts, images: number | null): Shares {
  const all = test === REST ? Math.max(images ?? SOME, train + val) : train + val + test
  const a = percent(train / Math.max(all, 1))
  const b = Math.min(percent(val / Math.max(all, 1)), 100 - a)
  return [a / 100, b / 100, (100 - a - b) / 100]
}
