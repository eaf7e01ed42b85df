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

test('texts and ranges are used up before the number goes up, so patients have several cases', () => {
  expect(caseNames('P{00}-{1-2}-{ED,ES}', 5)).toEqual([
    'P01-1-ED',
    'P01-1-ES',
    'P01-2-ED',
    'P01-2-ES',
    'P02-1-ED',
  ])
  expect(caseNames('{0}_frame{009-010}', 3)).toEqual(['1_frame009', '1_frame010', '2_frame009'])
})

test('names differ, however many there are, and a smaller number gives some of them', () => {
  const names = caseNames('{000}_{10-19}', 2000)
  expect(new Set(names).size).toBe(2000)
  expect(caseNames('{000}_{10-19}', 17).filter(name => !names.includes(name))).toEqual([])
})

test('a pattern with two counting numbers is refused', () => {
  expect(() => caseNames('{0}_{0}', 2)).toThrow(RangeError)
})
