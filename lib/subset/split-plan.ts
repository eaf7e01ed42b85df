import { z } from 'zod'

export const STRATA = ['none', 'modality', 'label'] as const

/** What is left when the counts before it are met. */
export const REST = 'rest'

const share = z.number().min(0)
const count = z.number().int().nonnegative()

const howSchema = {
  /** `case` keeps what belongs to one patient on one side; `image` does not, and leaks. */
  by: z.enum(['case', 'image']).default('case'),
  stratify: z.enum(STRATA).default('modality'),
  /** Keep all cases of datasets that go back to the same collection on one side. */
  families: z.boolean().default(true),
}

/** How a subset is split: its train, val and test get shares of it, or numbers of images. */
export const splitSchema = z.union([
  z.strictObject({
    /** They sum up to 1. */
    shares: z
      .tuple([share, share, share])
      .refine(shares => Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-6),
    ...howSchema,
  }),
  z.strictObject({
    /** Images; those beyond all counts are on no side, and leave the subset. */
    counts: z.tuple([count, count, z.union([count, z.literal(REST)])]).refine(areCounts),
    ...howSchema,
  }),
])

export type SplitPlan = z.output<typeof splitSchema>
type Sizes = readonly (number | typeof REST)[]

/** What a plan gives to train, val and test, as it says it. */
export const sizesOf = (plan: SplitPlan): Sizes => ('counts' in plan ? plan.counts : plan.shares)

export const formatSizes = (plan: SplitPlan): string => sizesOf(plan).join(',')

/**
 * Sizes as they are written → the part of a plan that holds them, to be checked: `0.8,0.1,0.1` are shares,
 * `3000,500,500` and `3000,500,rest` are counts.
 */
export function readSizes(text: string): { shares: Sizes } | { counts: Sizes } {
  const sizes = text.split(',').map(part => {
    const size = part.trim()
    return size === REST ? REST : size === '' ? Number.NaN : Number(size)
  })
  return areCounts(sizes) ? { counts: sizes } : { shares: sizes }
}

/** Whole numbers that sum up to 1 are shares: all for one side. */
function areCounts(sizes: Sizes): boolean {
  const numbers = sizes.filter(size => size !== REST)
  if (!numbers.every(Number.isInteger)) return false
  return sizes.includes(REST) || numbers.reduce((sum, one) => sum + one, 0) > 1
}
