import { z } from 'zod'
import { ALGORITHM } from '../split/algorithm'

export const STRATA = ['none', 'modality', 'label'] as const

/** What is left when the counts before it are met. */
export const REST = 'rest'

const share = z.number().min(0)
const count = z.number().int().nonnegative()

const sharesSchema = z
  .tuple([share, share, share])
  .refine(shares => Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-6)
const countsSchema = z.tuple([count, count, z.union([count, z.literal(REST)])]).refine(areCounts)

/** How version 1 of recipes splits: see `splitVersion1`. */
const oldHow = {
  /** `case` keeps the images of a case in one split; a patient may have several cases. */
  by: z.enum(['case', 'image']).default('case'),
  stratify: z.enum(STRATA).default('modality'),
  /** Keep all cases of datasets that go back to the same collection in one split. */
  families: z.boolean().default(true),
}

/** How recipes of version 1 split a subset. */
export const oldSplitSchema = z.union([
  z.strictObject({ shares: sharesSchema, ...oldHow }),
  z.strictObject({ counts: countsSchema, ...oldHow }),
])

export const UNITS = ['patient', 'case', 'image'] as const

/** What becomes of datasets that share scans. */
export const OVERLAPS = ['together', 'warn', 'exclude'] as const
export type OverlapChoice = (typeof OVERLAPS)[number]

export const MOST_FOLDS = 20

const how = {
  /** What is in one split as a whole: all cases of a patient, a case, or nothing, which leaks. */
  by: z.enum(UNITS).default('patient'),
  stratify: z.enum(STRATA).default('modality'),
  /** Keep them in one split, only say so, or leave out the smaller ones. */
  overlap: z.enum(OVERLAPS).default('together'),
  /** Name of the way in which patients are drawn. */
  algorithm: z.literal(ALGORITHM).default(ALGORITHM),
}

/** How a subset is split: its train, val and test get shares of it, or numbers of images. */
export const splitSchema = z.union([
  z
    .strictObject({
      /** They sum up to 1. */
      shares: sharesSchema,
      /** Train is cut into so many equal folds, for cross-validation; val is then empty. */
      folds: z.number().int().min(2).max(MOST_FOLDS).optional(),
      ...how,
    })
    .refine(({ shares: [train, val], folds }) => !folds || (train > 0 && val === 0), {
      path: ['folds'],
    }),
  z.strictObject({
    /** Images; those beyond all counts are in no split, and leave the subset. */
    counts: countsSchema,
    ...how,
  }),
])

export type OldSplitPlan = z.output<typeof oldSplitSchema>
export type SplitPlan = z.output<typeof splitSchema>

/** A plan of version 1 as the nearest one of version 2: other images, but no patient in two splits. */
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

/** What a plan gives to train, val and test, as it says it. */
export const sizesOf = (plan: SplitPlan | OldSplitPlan): Sizes =>
  'counts' in plan ? plan.counts : plan.shares

export const formatSizes = (plan: SplitPlan | OldSplitPlan): string => sizesOf(plan).join(',')

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
