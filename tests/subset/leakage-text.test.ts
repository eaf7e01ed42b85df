import { expect, test } from 'vitest'
import { leakageText } from '../../lib/subset/leakage-text'

test.each([
  [0, null, [], 'no patient in more than one split; duplicates not checked'],
  [0, 0, [], 'no patient in more than one split; no exact duplicates across splits'],
  [
    ...([1, 1, ['BraTS']] as const),
    '1 patient in more than one split; 1 group of exact duplicates across splits; datasets that may share patients: BraTS',
  ],
  [
    ...([2000, 12, ['BraTS', 'MSD']] as const),
    '2,000 patients in more than one split; 12 groups of exact duplicates across splits; datasets that may share patients: BraTS, MSD',
  ],
] as const)(
  '%i cases, %s duplicates and %j in several splits',
  (cases, duplicates, families, text) => {
    expect(
      leakageText({
        sharedCases: cases,
        sharedDuplicates: duplicates,
        sharedFamilies: families,
      }),
    ).toBe(`Leakage check: ${text}`)
  },
)
