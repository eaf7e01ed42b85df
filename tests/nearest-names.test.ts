import { expect, test } from 'vitest'
import { editDistance, MEANT, nearestNames, plainName } from '../lib/nearest-names'

const NAMES = ['BTCV', 'BTCV_Cervix', 'BraTS2013', 'BraTS2021', 'KiTS', 'KiTS2021', 'autoPET']

test('edit distance counts inserted, dropped and replaced letters', () => {
  expect(editDistance('', '')).toBe(0)
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('flaw', 'lawn')).toBe(2)
})

test('case, separators and accents do not matter', () => {
  expect(plainName('Pulmonary_Chest X-Ray')).toBe('pulmonarychestxray')
  expect(nearestNames('brats-2021', NAMES)[0]).toBe('BraTS2021')
})

test('the same name comes first, then names that begin like it, then typing errors', () => {
  expect(nearestNames('BTCV', NAMES)).toEqual(['BTCV', 'BTCV_Cervix'])
  expect(nearestNames('KiTS23', NAMES)).toEqual(['KiTS', 'KiTS2021'])
  expect(nearestNames('BCTV', NAMES)).toEqual(['BTCV'])
})

test('names that a text can mean differ in fewer letters than similar ones', () => {
  expect(nearestNames('aorta_x', ['airway', 'aorta'])).toEqual(['aorta', 'airway'])
  expect(nearestNames('aorta_x', ['airway', 'aorta'], 3, MEANT)).toEqual(['aorta'])
})

test('what is like nothing has no nearest name', () => {
  expect(nearestNames('zzzzzzzz', NAMES)).toEqual([])
  expect(nearestNames('  ', NAMES)).toEqual([])
  expect(nearestNames('x'.repeat(100_000), NAMES)).toEqual([])
})
