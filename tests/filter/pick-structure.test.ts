import { describe, expect, test } from 'vitest'
import { toggleBins, toggleSize } from '../../lib/filter/pick-bins'
import {
  pickDatasetStructure,
  pickedDatasetStructures,
  pickedStructure,
  pickStructure,
} from '../../lib/filter/pick-structure'

describe('a structure by mask', () => {
  const ct = { modality: ['CT'] }
  const abdomen = { ...ct, region: ['Abdomen'], lesion: ['0'] }
  const lesions = { ...ct, lesion: ['1'] }

  test('selects what its bar counts: lesions alone, a region without lesions', () => {
    expect(pickStructure(ct, 'Lesion')).toEqual(lesions)
    expect(pickStructure(ct, 'Abdomen')).toEqual(abdomen)
    expect(pickStructure(ct, 'Unassigned')).toEqual({
      ...ct,
      region: ['Unassigned'],
      lesion: ['0'],
    })
  })

  test('is marked, goes with a second click, and gives way to another', () => {
    for (const [filter, structure] of [
      [abdomen, 'Abdomen'],
      [lesions, 'Lesion'],
    ] as const) {
      expect(pickedStructure(filter)).toBe(structure)
      expect(pickStructure(filter, structure)).toEqual(ct)
    }
    expect(pickStructure(abdomen, 'Lesion')).toEqual(lesions)
    expect(pickStructure(lesions, 'Abdomen')).toEqual(abdomen)
    expect(pickedStructure(ct)).toBeNull()
  })

  test('lesions of a region that was picked elsewhere stay in it', () => {
    const thorax = { region: ['Thorax'] }
    const both = { region: ['Thorax'], lesion: ['1'] }
    expect(pickStructure(thorax, 'Lesion')).toEqual(both)
    expect(pickStructure(both, 'Lesion')).toEqual(thorax)
  })
})

test('a structure by dataset picks the datasets that cover it', () => {
  const dataset = (id: number, structures: string | null) => ({
    dataset_id: id,
    dataset: `d${id}`,
    structures,
    is_released: true,
  })
  const dimensions = { datasets: [dataset(0, 'Abdomen|Lesion'), dataset(1, 'Lesion')] }
  const all = ['Abdomen', 'Lesion', 'Unassigned']
  const ct = { modality: ['CT'] }
  const both = { ...ct, dataset: ['d0', 'd1'] }
  expect(pickDatasetStructure(ct, 'Lesion', dimensions)).toEqual(both)
  expect(pickedDatasetStructures(both, all, dimensions)).toEqual(['Lesion'])
  expect(pickDatasetStructure(both, 'Abdomen', dimensions)).toEqual({ ...ct, dataset: ['d0'] })
  expect(pickDatasetStructure(both, 'Lesion', dimensions)).toEqual(ct)
  // The bar counts what the filter leaves of its datasets.
  const first = { ...ct, dataset: ['d0'] }
  expect(pickDatasetStructure(first, 'Lesion', dimensions)).toEqual(first)
  expect(pickDatasetStructure({ not: { dataset: ['d0'] } }, 'Lesion', dimensions)).toEqual({
    dataset: ['d1'],
  })
  expect(pickedDatasetStructures(ct, all, dimensions)).toEqual([])
})

test('a bin, and a bin of width and height: a second click takes them off', () => {
  const one = toggleBins({}, 'masks', 2, 2)
  expect(one).toEqual({ masks: { min: 2, max: 2 } })
  expect(toggleBins(one, 'masks', 2, 2)).toEqual({})
  expect(toggleBins(one, 'masks', 0, 1)).toEqual({ masks: { max: 1 } })
  const size = toggleSize({ axis: ['z'] }, 6, 3)
  expect(size).toEqual({
    axis: ['z'],
    width: { min: 224, max: 255 },
    height: { min: 128, max: 159 },
  })
  expect(toggleSize(size, 6, 3)).toEqual({ axis: ['z'] })
  expect(toggleSize(size, 7, 3)).toMatchObject({ width: { min: 256, max: 319 } })
})
