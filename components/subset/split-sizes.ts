import { REST, type SplitPlan } from '../../lib/subset/split-plan'

export type Shares = Extract<SplitPlan, { shares: unknown }>['shares']
export type Counts = Extract<SplitPlan, { counts: unknown }>['counts']

/** As it is shown. */
export const percent = (share: number) => Math.round(share * 100)

/** The nearest whole number from 0 to a maximum; 0 for what is no number. */
export const clamp = (n: number, max: number) => Math.min(Math.max(Math.round(n) || 0, 0), max)

export const wholeOf = (text: string) => clamp(Number(text), Number.MAX_SAFE_INTEGER)

/** The plan with shares as its sizes. */
export function withShares({ by, stratify, families }: SplitPlan, shares: Shares): SplitPlan {
  return { shares, by, stratify, families }
}

/** The plan with counts as its sizes. */
export function withCounts({ by, stratify, families }: SplitPlan, counts: Counts): SplitPlan {
  return { counts: sound(counts), by, stratify, families }
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
