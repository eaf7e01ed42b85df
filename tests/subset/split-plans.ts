import fc from 'fast-check'
import { ALGORITHM } from '../../lib/split/algorithm'
import {
  type OldSplitPlan,
  OVERLAPS,
  REST,
  type SplitPlan,
  STRATA,
  UNITS,
} from '../../lib/subset/split-plan'

const how = {
  by: fc.constantFrom(...UNITS),
  stratify: fc.constantFrom(...STRATA),
  overlap: fc.constantFrom(...OVERLAPS),
  algorithm: fc.constant(ALGORITHM),
}

/** Shares in percent. */
const shares = fc.tuple(fc.nat(100), fc.nat(100)).map(([a, b]): [number, number, number] => {
  const [low, high] = [Math.min(a, b), Math.max(a, b)]
  return [low / 100, (high - low) / 100, (100 - high) / 100]
})

/** Counts of images, of which the last may be the rest. */
export const counts = fc
  .tuple(fc.nat(400), fc.nat(400), fc.oneof(fc.nat(400), fc.constant(REST)))
  .filter(([train, val, test]) => test === REST || train + val + test > 1)

/** Any way to split: by shares in percent, or by counts. */
export const splitPlans: fc.Arbitrary<SplitPlan> = fc.oneof(
  fc.record({ shares, ...how }),
  fc.record({
    shares: fc
      .integer({ min: 50, max: 100 })
      .map((train): [number, number, number] => [train / 100, 0, (100 - train) / 100]),
    folds: fc.integer({ min: 2, max: 6 }),
    ...how,
  }),
  fc.record({ counts, ...how }),
)

const oldHow = {
  by: fc.constantFrom('case' as const, 'image' as const),
  stratify: fc.constantFrom(...STRATA),
  families: fc.boolean(),
}

/** Any way to split in version 1 of a recipe. */
export const oldSplitPlans: fc.Arbitrary<OldSplitPlan> = fc.oneof(
  fc.record({ shares, ...oldHow }),
  fc.record({ counts, ...oldHow }),
)
