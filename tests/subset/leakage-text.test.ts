import { expect, test } from 'vitest'
import { leakageText } from '../../lib/subset/leakage-text'

test.each([
  [0, null, 0, 'no patient in more than one split; duplicates not checked'],
  [0, 0, 0, 'no patient in more than one split; no exact duplicates across splits'],
  [
    1,
    1,
    1,
    '1 patient in more than one split; 1 group of exact duplicates across splits; patients unknown in 1 dataset',
  ],
  [
    2000,
    12,
    2,
    '2,000 patients in more than one split; 12 groups of exact duplicates across splits; patients unknown in 2 datasets',
  ],
] as const)(
  '%i patients and %s duplicates in several splits, patients of %i datasets unknown',
  (patients, duplicates, unknown, text) => {
    expect(
      leakageText({
        sharedPatients: patients,
        sharedDuplicates: duplicates,
        unknownPatients: Array.from({ length: unknown }, (_, n) => ({
          dataset: `d${n}`,
          cases: 1,
        })),
      }),
    ).toBe(`Leakage check: ${text}`)
  },
)
