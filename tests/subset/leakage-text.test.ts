import { expect, test } from 'vitest'
import { leakageText } from '../../lib/subset/leakage-text'

const FIRST = ['ACDC/patient001']

test.each([
  [0, null, 0, 'no patient in more than one split; duplicates not checked'],
  [0, 0, 0, 'no patient in more than one split; no exact duplicates across splits'],
  [
    1,
    1,
    1,
    '1 patient in more than one split, such as ACDC/patient001; 1 group of exact duplicates across splits; patients unknown in 1 dataset',
  ],
  [
    2000,
    12,
    2,
    '2,000 patients in more than one split, such as ACDC/patient001; 12 groups of exact duplicates across splits; patients unknown in 2 datasets',
  ],
] as const)(
  '%i patients and %s duplicates in several splits, patients of %i datasets unknown',
  (patients, duplicates, unknown, text) => {
    expect(
      leakageText({
        sharedPeople: { people: patients, byNamesOnly: 0, first: patients > 0 ? FIRST : [] },
        sharedDuplicates: duplicates,
        unknownPatients: Array.from({ length: unknown }, (_, n) => ({
          dataset: `d${n}`,
          cases: 1,
        })),
      }),
    ).toBe(`Leakage check: ${text}`)
  },
)

test('people of several datasets are counted once, with their names in each', () => {
  const first = ['KiTS/case_00000', 'KiTS2021/case_00000']
  expect(
    leakageText({
      sharedPeople: { people: 5, byNamesOnly: 0, first },
      sharedDuplicates: null,
      unknownPatients: [],
    }),
  ).toBe(
    'Leakage check: 5 people in more than one split, such as KiTS/case_00000 = KiTS2021/case_00000; duplicates not checked',
  )
})
