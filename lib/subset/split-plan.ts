import { z } from 'zod'
import { ALGORITHM } from '../split/algorithm'

export const STRATA = ['none', 'modality', 'label'] as const

/** Stands for all images that remain after the other counts. */
export const REST = 'rest'

const share = z.number().min(0)
const count = z.number().int().nonnegative()

const sharesSchema = z
  .tuple([share, share, share])
  .refine(shares => Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-6)
const countsSchema = z.tuple([count, count, z.union([count, z.literal(REST)])]).refine(areCounts)

/** Split options of version 1 recipes; see `splitVersion1`. */
const oldHow = {
  /** `case` keeps the images of a case in the same split, but a patient may have several cases. */
  by: z.enum(['case', 'image']).default('case'),
  stratify: z.enum(STRATA).default('modality'),
  /** Whether to keep all cases of datasets from the same collection in the same split. */
  families: z.boolean().default(true),
}

/** How recipes of version 1 split a subset. */
export const oldSplitSchema = z.union([
  z.strictObject({ shares: sharesSchema, ...oldHow }),
  z.strictObject({ counts: countsSchema, ...oldHow }),
])

export const UNITS = ['patient', 'case', 'image'] as const

/** How to treat datasets that share scans. */
export const OVERLAPS = ['together', 'warn', 'exclude'] as const
export type OverlapChoice = (typeof OVERLAPS)[number]

export const MOST_FOLDS = 20

const how = {
  /** Unit that is never cut: a patient with all cases, a case, or an image. Splitting by image leaks patients. */
  by: z.enum(UNITS).default('patient'),
  stratify: z.enum(STRATA).default('modality'),
  /** Keep them in the same split, only warn, or exclude the smaller datasets. */
  overlap: z.enum(OVERLAPS).default('together'),
  /** Name of the algorithm that draws patients. */
  algorithm: z.literal(ALGORITHM).default(ALGORITHM),
}

/** How a subset is split. The sizes of train, val and test are shares or numbers of images. */
export const splitSchema = z.union([
  z
    .strictObject({
      /** Must add up to 1. */
      shares: sharesSchema,
      /** Number of equal folds of train, for cross-validation. Val is then empty. */
      folds: z.number().int().min(2).max(MOST_FOLDS).optional(),
      ...how,
    })
    .refine(({ shares: [train, val], folds }) => !folds || (train > 0 && val === 0), {
      path: ['folds'],
    }),
  z.strictObject({
    /** Numbers of images. Images beyond the counts are in no split and leave the subset. */
    counts: countsSchema,
    ...how,
  }),
])

export type OldSplitPlan = z.output<typeof oldSplitSchema>
export type SplitPlan = z.output<typeof splitSchema>

/**
 * The plan of version 2 that comes nearest to a plan of version 1. It selects other images, but no patient is in two
 * splits.
 */
export function newPlanOf(plan: OldSplitPlan): SplitPlan {
  const { by, stratify, families, ...sizes } = plan
  return {
    ...sizes,
    by: by === 'case' ? 'patient' : by,
    stratify,
    overlap: families ? 'together' : 'warn',
    algorithm: ALGORITHM,
  }
}

type Sizes = readonly (number | typeof REST)[]

/** Sizes of train, val and test in the form that the plan uses. */
export const sizesOf = (plan: SplitPlan | OldSplitPlan): Sizes =>
  'counts' in plan ? plan.counts : plan.shares

export const formatSizes = (plan: SplitPlan | OldSplitPlan): string => sizesOf(plan).join(',')

/**
 * Sizes as text → the unchecked part of a plan: `0.8,0.1,0.1` are shares, `3000,500,500` and `3000,500,rest` are
 * counts.
 */
export function readSizes(text: string): { shares: Sizes } | { counts: Sizes } {
  const sizes = text.split(',').map(part => {
    const size = part.trim()
    return size === REST ? REST : size === '' ? Number.NaN : Number(size)
  })
  return areCounts(sizes) ? { counts: sizes } : { shares: sizes }
}

/** Whole numbers that add up to 1 are shares: everything is in a single split. */
function areCounts(sizes: Sizes): boolean {
  const numbers = sizes.filter(size => size !== REST)
  if (!numbers.every(Number.isInteger)) return false
  return sizes.includes(REST) || numbers.reduce((sum, one) => sum + one, 0) > 1
}
