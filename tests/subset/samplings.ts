import fc from 'fast-check'
import { SAMPLE_KEYS, SLICE_KEYS } from '../../lib/subset/sampling'

const count = fc.integer({ min: 1, max: 1e6 })

/** Any way to sample in version 2 of a recipe, or none. */
export const samplings = {
  slices: fc.option(
    fc.oneof(
      fc.record({ every: fc.integer({ min: 2, max: 1e6 }) }),
      fc.record({ per: fc.constantFrom(...SLICE_KEYS), count }),
    ),
    { nil: undefined },
  ),
  sample: fc.option(
    fc.record(
      { per: fc.constantFrom(...SAMPLE_KEYS), count, rule: fc.constant('floor' as const) },
      { requiredKeys: ['per', 'count'] },
    ),
    { nil: undefined },
  ),
}

/** Any way to sample in version 1. */
export const oldSamplings = {
  sample: fc.record({
    per: fc.constantFrom(...SAMPLE_KEYS.filter(key => key !== 'patient')),
    count,
  }),
}
