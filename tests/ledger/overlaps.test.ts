import { expect, test } from 'vitest'
import { familyFindings, overlapMatrix } from '../../lib/ledger/overlaps'

const overlaps = [
  { a: 'BraTS2020', b: 'BraTS2021', groups: 10, imagesA: 11, imagesB: 12 },
  { a: 'BraTS2020', b: 'BraTS2020', groups: 2, imagesA: 5, imagesB: 5 },
  { a: 'BTCV', b: 'BraTS2021', groups: 1, imagesA: 1, imagesB: 1 },
]

test('a cell has the images of its row, so the matrix is not symmetric', () => {
  const { names, cells, max } = overlapMatrix(overlaps)
  expect(names).toEqual(['BraTS2020', 'BraTS2021', 'BTCV'])
  expect(max).toBe(12)
  expect(cells.map(row => row.map(cell => cell?.images ?? null))).toEqual([
    [5, 11, null],
    [12, null, 1],
    [null, 1, null],
  ])
  expect(overlapMatrix([])).toEqual({ names: [], max: 0, cells: [] })
})

test('families are found, not found, or were not compared', () => {
  const of = (name: string, duplicates?: Parameters<typeof familyFindings>[0]) =>
    familyFindings(duplicates, new Set(['VerSe19', 'BraTS2021'])).find(
      family => family.name === name,
    )
  expect(of('BraTS')?.found).toBeNull()
  expect([of('VerSe')?.present, of('KiTS')?.present]).toEqual([1, 0])
  const duplicates = { groups: 13, images: 20, overlaps }
  expect(of('BraTS', duplicates)?.found).toEqual([overlaps[0]])
  expect(of('VerSe', duplicates)?.found).toEqual([])
})
