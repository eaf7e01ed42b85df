import { expect, test } from 'vitest'
import { absence, datasetAnswer, knownElsewhere } from '../../lib/catalog/dataset-answer'

const NAMES = ['BTCV', 'BTCV_Cervix', 'KiTS2021']

test('a dataset is there whatever its case and separators', () => {
  expect(datasetAnswer('btcv-cervix', NAMES)).toEqual({ present: true, name: 'BTCV_Cervix' })
  expect(datasetAnswer(' BTCV ', NAMES)).toEqual({ present: true, name: 'BTCV' })
})

test('part of a name is not the dataset', () => {
  expect(datasetAnswer('KiTS', NAMES)).toMatchObject({
    present: false,
    name: 'KiTS',
    known: true,
    containing: 1,
    nearest: ['KiTS2021'],
  })
})

test('known and unknown datasets that are not there are told apart', () => {
  expect(datasetAnswer('acdc', NAMES)).toMatchObject({ present: false, name: 'ACDC', known: true })
  expect(datasetAnswer('LiTS17', NAMES)).toMatchObject({ name: 'LiTS17', known: false })
  expect(absence(true)).toContain('it is a known source dataset')
  expect(absence(false)).toBe('not in this manifest, and not in our list of known datasets')
})

test('two names that differ in case only are both found', () => {
  expect(datasetAnswer('kits', ['KiTS', 'kits'])).toEqual({ present: true, name: 'kits' })
})

test('known datasets that the manifest lacks are offered by part of their name', () => {
  expect(knownElsewhere('brats-2021', NAMES)).toContain('BraTS2021')
  expect(knownElsewhere('btcv', NAMES)).toEqual([])
  expect(knownElsewhere('', NAMES)).toEqual([])
})
