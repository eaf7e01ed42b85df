import { SPLIT_NAMES, type SplitName } from './recipe'
import { type OldSplitPlan, type SplitPlan, sizesOf } from './split-plan'

/** Splits that should have images. */
export const wantedSplits = (plan: SplitPlan | OldSplitPlan): SplitName[] =>
  SPLIT_NAMES.filter((_, split) => sizesOf(plan)[split] !== 0)
