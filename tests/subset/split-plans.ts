import fc from 'fast-check'
import { REST, type SplitPlan, STRATA } from '../../lib/subset/split-plan'

const how = {
  by: fc.constantFrom('case' as const, 'image' as const),
  stratify: fc.constantFrom(...STRATA),
  families: fc.boolean(),
}

/** Counts of images, of which the last may be the rest. */
export const counts = fc
  .tuple(fc.nat(400), fc.nat(400), fc.oneof(fc.nat(400), fc.constant(REST)))
  .filter(([train, val, test]) => test === REST || train + val + test > 1)

/** Any way to split: by shares in percent, or by counts. */
export const splitPlans: fc.Arbitrary<SplitPlan> = fc.oneof(
  fc.record({
    shares: fc.tuple(fc.nat(100), fc.nat(100)).map(([a, b]): [number, number, number] => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      return [low / 100, (high - low) / 100, (100 - high) / 100]
    }),
    ...how,
  }),
  fc.record({ counts, ...how }),
)
