import { expect, test } from 'vitest'
import { caseNames } from '../../lib/reference/case-names'

test('numbers are padded to the zeros of the pattern', () => {
  expect(caseNames('patient{000}_frame01', 2)).toEqual(['patient001_frame01', 'patient002_frame01'])
})

test('names without padding are in order of their code units, as the manifest sorts them', () => {
  expect(caseNames('liver_{0}', 11).slice(0, 4)).toEqual([
    'liver_1',
    'liver_10',
    'liver_11',
    'liver_2',
  ])
})

test('a pattern without a number is refused', () => {
  expect(() => caseNames('case', 2)).toThrow(RangeError)
})
