import { expect, test } from 'vitest'
import { ledgerOf } from '../../lib/ledger/ledger'
import { ledgerCsv } from '../../lib/ledger/ledger-csv'
import {
  formatLedgerView,
  parseLedgerView,
  shownCount,
  shownNames,
  shownNumbers,
} from '../../lib/ledger/view'
import { sourceOf } from './sources'

const dataset = [
  { value: 'BTCV', images: 10, masks: 30 },
  { value: 'Mine', images: 20, masks: 20 },
]
const ledger = ledgerOf(sourceOf({ dataset }))
const datasets = ledger.names.find(({ id }) => id === 'by-dataset')?.lines ?? []
const shown = (find: string, onlyDifferences = false) =>
  shownNames(datasets, { find, onlyDifferences }, 'name').map(({ name }) => name)

test('a view is its address, and back', () => {
  for (const view of [
    { onlyDifferences: false, find: '' },
    { onlyDifferences: true, find: 'a&b=c d,é' },
  ])
    expect(parseLedgerView(formatLedgerView(view))).toEqual(view)
  expect(formatLedgerView({ onlyDifferences: true, find: 'x' })).toBe('only=differences&find=x')
  expect(parseLedgerView('only=nonsense&foo=1')).toEqual({ onlyDifferences: false, find: '' })
})

test('names are found without case and separators', () => {
  expect(shown('brats-2021')).toEqual(['BraTS2021'])
  expect(shown('')).toHaveLength(92)
  expect(shown('no such thing')).toEqual([])
  expect(shown('__')).toEqual([])
})

test('only differences leaves what is certain to differ', () => {
  expect(shown('btcv', true)).toEqual(['BTCV_Cervix'])
  expect(shown('mine', true)).toEqual([])
  const view = { onlyDifferences: true, find: '' }
  const ids = ledger.numbers.flatMap(({ lines }) => shownNumbers(lines, view).map(({ id }) => id))
  expect(ids).toContain('images')
  expect(ids).not.toContain('cases')
  const { shown: some, all } = shownCount(ledger.numbers, ledger.names, view)
  expect(some).toBeLessThan(all)
})

test('counts are sorted most first', () => {
  const by = (order: 'images' | 'masks') =>
    shownNames(datasets, { find: '', onlyDifferences: false }, order)[0]?.name
  expect([by('images'), by('masks')]).toEqual(['Mine', 'BTCV'])
})

test('the CSV has a row for each number; unknown is empty', () => {
  const rows = ledgerCsv(ledger).trimEnd().split('\n')
  expect(rows[0]).toBe(
    'section,id,name,measure,paper,paper_accuracy,release,release_accuracy,manifest,release_minus_paper,manifest_minus_paper,manifest_minus_release,reasons',
  )
  expect(rows.find(row => row.startsWith('totals,masks,'))).toMatch(
    /^totals,masks,Masks,masks,19762855,exact,15800000,about,50,-4000000,-19762805,-15800000,/,
  )
  expect(rows.find(row => row.startsWith('totals,cases,'))).toBe(
    'totals,cases,Cases,cases,,,,,7,,,,',
  )
  expect(rows.find(row => row.startsWith('by-dataset,dataset-BTCV,BTCV,images'))).toBe(
    'by-dataset,dataset-BTCV,BTCV,images,,,,present: yes,10,,,,',
  )
  const width = rows[0]?.split(',').length
  const plain = rows.filter(row => !row.includes('"'))
  expect(new Set(plain.map(row => row.split(',').length))).toEqual(new Set([width]))
})
