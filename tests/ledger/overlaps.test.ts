import { expect, test } from 'vitest'
import { overlapFindings, overlapMatrix } from '../../lib/ledger/overlaps'

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

test('equal images of a pair are found, not found, or were not compared', () => {
  const present = new Set(['VerSe19', 'BraTS2020', 'BraTS2021'])
  const of = (a: string, b: string, duplicates?: Parameters<typeof overlapFindings>[0]) =>
    overlapFindings(duplicates, present).find(
      ({ datasets }) => datasets.includes(a) && datasets.includes(b),
    )
  expect(of('BraTS2020', 'BraTS2021')).toMatchObject({
    kindInWords: 'share scans',
    present: 2,
    found: null,
  })
  expect([of('VerSe19', 'VerSe20')?.present, of('KiTS', 'KiTS2021')?.present]).toEqual([1, 0])
  const duplicates = { groups: 13, images: 20, overlaps }
  expect(of('BraTS2020', 'BraTS2021', duplicates)?.found).toEqual([overlaps[0]])
  expect(of('BraTS2018', 'BraTS2019', duplicates)?.found).toEqual([])
})
