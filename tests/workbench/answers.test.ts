import {
  Decimal,
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  tableFromArrays,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFilter } from '../../lib/filter/query-string'
import { cellText, digitGroups, isGrouped, kindOf } from '../../lib/workbench/cell-text'
import { addImageIds, imageIdColumn } from '../../lib/workbench/image-ids'
import { problemText } from '../../lib/workbench/problem-text'
import { csvHeader, csvRows } from '../../lib/workbench/result-csv'
import { facetOfColumn, filterOfValues, MOST_VALUES } from '../../lib/workbench/to-filter'

test('decimal numbers keep every digit', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), fc.nat(12), (number, scale) => {
      const bits = BigInt.asUintN(128, number)
      const words = Uint32Array.from([0n, 32n, 64n, 96n], at => Number((bits >> at) & 0xffffffffn))
      const type = new Decimal(scale, 38, 128)
      const column = new Vector([makeData({ type, length: 1, data: words })])
      const text = cellText(column, 0)!
      const [whole = '', rest = ''] = text.replace('-', '').split('.')
      expect(rest.length).toBe(scale)
      expect(BigInt(whole + rest)).toBe(number < 0n ? -number : number)
      expect(text.startsWith('-')).toBe(number < 0n)
    }),
  )
})

test('a large whole number is not rounded, and NULL is not a text', () => {
  const column = vectorFromArray([9007199254740993n, null])
  expect(cellText(column, 0)).toBe('9007199254740993')
  expect(cellText(column, 1)).toBeNull()
  expect(kindOf(new Int32())).toBe('number')
  expect(kindOf(new Utf8())).toBe('text')
})

test('amounts are read in groups of three, ids and exponents are not', () => {
  expect(isGrouped('masks', new Int32())).toBe(true)
  expect(isGrouped('image_id', new Int32())).toBe(false)
  expect(isGrouped('id', new Int32())).toBe(false)
  expect(isGrouped('label', new Utf8())).toBe(false)
  const grouped = (text: string) => digitGroups(text).join(',')
  expect(grouped('2338753')).toBe('2,338,753')
  expect(grouped('-12345.67891')).toBe('-12,345.67891')
  expect(grouped('999')).toBe('999')
  expect(grouped('0.12345')).toBe('0.12345')
  expect(grouped('1e+21')).toBe('1e+21')
  expect(grouped('NaN')).toBe('NaN')
})

test('a file has exactly what the table shows: formulas, quotes, lines, NULL and empty texts', () => {
  const table = new Table({
    'a,b': vectorFromArray(['=1+1', 'say "x"', 'two\nlines', null, ''], new Utf8()),
    n: makeVector(new Float64Array([1.5, -2, 0, 1e21, 0.1])),
  })
  const text = csvHeader(table.schema) + table.batches.map(csvRows).join('')
  expect(text).toBe('"a,b",n\n=1+1,1.5\n"say ""x""",-2\n"two\nlines",0\n,1e+21\n"",0.1\n')
  expect(kindOf(new Float64())).toBe('number')
  expect(
    csvRows(tableFromArrays({ x: new Int32Array(0) }).batches[0] ?? table.batches[0]!.slice(0, 0)),
  ).toBe('')
})

test('facet values in a column become a filter that means the same values', () => {
  expect(facetOfColumn('dataset')).toBe('dataset')
  expect(facetOfColumn('images')).toBeUndefined()
  const values = ['A,B', '!x', 'liver', 'liver', null]
  const { filter, problems } = parseFilter(filterOfValues('label', values)!)
  expect(problems).toEqual([])
  expect(new Set(filter.label)).toEqual(new Set(['A,B', '!x', 'liver']))
  expect(filterOfValues('label', [null])).toBeNull()
  expect(
    filterOfValues(
      'label',
      Array.from({ length: MOST_VALUES + 1 }, (_, i) => `${i}`),
    ),
  ).toBeNull()
})

test('messages of the database lose their wrapping, and advice that does not hold here', () => {
  const wrapped = JSON.stringify({ exception_type: 'Parser', exception_message: 'syntax error\n' })
  expect(problemText(wrapped)).toBe('syntax error')
  expect(problemText('Binder Error: no column x')).toBe('Binder Error: no column x')
  expect(problemText('Out of Memory Error: SET temp_directory')).not.toContain('SET')
})

test('image ids of a result are its whole numbers, each once', () => {
  const table = new Table({
    label: vectorFromArray(['a', 'b'], new Utf8()),
    image_id: vectorFromArray([7n, null]),
  })
  expect(imageIdColumn(table.schema.fields)).toBe(1)
  const named = new Table({ image_id: vectorFromArray(['7'], new Utf8()) })
  expect(imageIdColumn(named.schema.fields)).toBeNull()
  const ids = new Set<number>()
  addImageIds(ids, table.getChildAt(1)!)
  addImageIds(ids, [7, 3, -1, 2.5, 2 ** 32, Number.NaN, null])
  expect([...ids]).toEqual([7, 3])
})
