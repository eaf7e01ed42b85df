import { expect, test } from 'vitest'
import { nextRow } from '../../components/charts/mark-keys'
import {
  fieldText,
  isMarkRow,
  type MarkRow,
  rowText,
  sameRows,
} from '../../components/charts/mark-rows'
import { readSpec } from '../../components/charts/read-spec'
import { LIGHT } from '../../lib/charts/colors'
import { countBars } from '../../lib/charts/count-bars'
import { coverageMatrix } from '../../lib/charts/coverage-matrix'

test('arrows move in a list, and stop at its ends', () => {
  const to = (key: string, at: number) => nextRow(key, at, 25, null)
  expect([to('ArrowDown', 0), to('ArrowRight', 0), to('ArrowUp', 0)]).toEqual([1, 1, 0])
  expect([to('ArrowDown', 24), to('Home', 9), to('End', 9)]).toEqual([24, 0, 24])
  expect([to('PageDown', 9), to('PageUp', 9), to('a', 9)]).toEqual([19, 0, null])
})

test('arrows move in two dimensions over a grid', () => {
  // Three rows of four cells; the cell in the middle row, second column.
  const to = (key: string, isControl = false) => nextRow(key, 5, 12, 4, isControl)
  expect([to('ArrowRight'), to('ArrowLeft'), to('ArrowUp'), to('ArrowDown')]).toEqual([6, 4, 1, 9])
  expect([to('Home'), to('End'), to('PageDown'), to('PageUp')]).toEqual([4, 7, 9, 1])
  expect([to('Home', true), to('End', true)]).toEqual([0, 11])
  expect([nextRow('ArrowRight', 3, 12, 4), nextRow('ArrowDown', 9, 12, 4)]).toEqual([3, 9])
})

const all = [{ value: 'CT', images: 2338753, masks: 12547037 }]
const options = { theme: LIGHT, scale: 'linear', compact: false } as const

function markOf(row: unknown): MarkRow {
  if (!isMarkRow(row)) throw new TypeError('the row has no mark')
  return row
}

test('a spec gives its tooltip away, and keeps everything else', () => {
  const { spec, rows } = countBars([], all, options)
  const parts = readSpec(spec)
  expect(parts.text).not.toContain('"tooltip"')
  expect(JSON.parse(parts.text).layer).toHaveLength((spec as { layer: unknown[] }).layer.length)
  expect([parts.x, parts.y]).toEqual(['allMasks', 'value'])
  expect(parts.tooltip.map(field => field.field).slice(0, 3)).toEqual(['value', 'images', 'masks'])
  const row = markOf(rows[0])
  expect(rowText(parts.tooltip, row)).toBe(
    'CT: 0 images, 0 masks, 2,338,753 images, unfiltered, 12,547,037 masks, unfiltered',
  )
})

test('a cell is read as its row and its column', () => {
  const pairs = [{ row: 'Liver', column: 'CT', images: 1234, masks: null }]
  const { spec, rows } = coverageMatrix(pairs, null, {
    theme: LIGHT,
    measure: 'masks',
    sort: 'count',
    labels: 'none',
    step: 20,
    rowNoun: 'organ',
    columnNoun: 'modality',
  })
  const parts = readSpec(spec)
  expect([parts.x, parts.y]).toEqual(['column', 'row'])
  const row = markOf(rows[0])
  // What is not known is a dash, not a zero.
  expect(rowText(parts.tooltip, row)).toBe('Liver, modality CT: 1,234 images, — masks')
  expect(fieldText({ field: 'images', title: 'images', isCount: true }, row)).toBe('1,234')
})

test('ghosts and axes are no marks', () => {
  expect(isMarkRow({ value: 'CT' })).toBe(true)
  for (const datum of [{ value: 'CT', ghost: true }, { value: 3 }, {}, null, undefined])
    expect(isMarkRow(datum)).toBe(false)
})

test('rows that would be drawn alike are the same', () => {
  const rows = [
    { value: 'a', images: 1 },
    { value: 'b', images: 2 },
  ]
  expect(sameRows(rows, structuredClone(rows))).toBe(true)
  expect(sameRows(rows, rows.slice(1))).toBe(false)
  expect(sameRows(rows, [rows[0]!, { value: 'b', images: 3 }])).toBe(false)
})
