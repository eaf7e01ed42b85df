import {
  DateDay,
  Field,
  List,
  makeData,
  Struct,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  Vector,
} from 'apache-arrow'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeEngine, openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { sql } from '../../lib/sql'
import { cellText } from '../../lib/workbench/cell-text'
import { dateText, timestampText, timeText } from '../../lib/workbench/time-text'

let engine: NodeEngine
beforeAll(async () => {
  engine = await openNodeEngine()
})
afterAll(() => engine.close())

test('dates, times and timestamps are written as DuckDB writes them, over its whole range', async () => {
  const edges = { days: [-(2 ** 31) + 2, -719_529, -719_528, 0, 2 ** 31 - 2] }
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.integer({ min: -1_000_000, max: 3_000_000 }),
          fc.maxSafeNat().map(n => n % 100_000_000),
        ),
        {
          minLength: 20,
          maxLength: 20,
        },
      ),
      fc.array(fc.bigInt(-(2n ** 62n), 2n ** 63n - 2n), { minLength: 20, maxLength: 20 }),
      async (days, micros) => {
        const written = await engine.rows<{ text: string }>({
          text: `SELECT (DATE '1970-01-01' + unnest([${[...days, ...edges.days.slice(1, 4)].join(', ')}])::INTEGER)::VARCHAR AS text`,
          params: [],
        })
        expect([...days, ...edges.days.slice(1, 4)].map(dateText)).toEqual(
          written.map(row => row.text),
        )
        const stamps = await engine.rows<{ text: string }>({
          text: `SELECT make_timestamp(unnest([${micros.join(', ')}]))::VARCHAR AS text`,
          params: [],
        })
        expect(micros.map(micro => timestampText(micro, 1_000_000n))).toEqual(
          stamps.map(row => row.text),
        )
      },
    ),
    { numRuns: 20 },
  )
  expect(dateText(2 ** 31 - 1)).toBe('infinity')
  expect(timestampText(-(2n ** 63n) + 1n, 1_000_000n)).toBe('-infinity')
  expect(timeText(86_400_000_000n, 1_000_000n)).toBe('24:00:00')
  expect(timeText(29_100_250_000n, 1_000_000n)).toBe('08:05:00.25')
  const [row] = await engine.rows<{ d: string; t: string }>(
    sql`SELECT (DATE 'infinity')::VARCHAR AS d, (TIMESTAMP '-infinity')::VARCHAR AS t`,
  )
  expect(row).toEqual({ d: 'infinity', t: '-infinity' })
})

test('values that no JavaScript Date holds have their text, also within lists and structs', () => {
  const times = makeData({
    type: new TimestampMicrosecond(),
    length: 3,
    data: BigInt64Array.from([2n ** 63n - 1n, 1n, -(2n ** 62n)]),
  })
  const texts = ['infinity', '1970-01-01 00:00:00.000001']
  expect([0, 1].map(row => cellText(new Vector([times]), row))).toEqual(texts)
  expect(cellText(new Vector([times]), 2)).toMatch(/ \(BC\) /)
  const type = new List(new Field('item', times.type))
  const list = makeData({ type, length: 1, valueOffsets: Int32Array.from([0, 2]), child: times })
  expect(cellText(new Vector([list]), 0)).toBe(JSON.stringify(texts))
  const struct = makeData({
    type: new Struct([new Field('t', times.type)]),
    length: 3,
    children: [times],
  })
  expect(cellText(new Vector([struct]), 0)).toBe('{"t":"infinity"}')
  const days = makeData({ type: new DateDay(), length: 1, data: Int32Array.from([105_000_000]) })
  expect(cellText(new Vector([days, days]), 1)).toBe(dateText(105_000_000))
  const nanos = makeData({
    type: new TimestampNanosecond('UTC'),
    length: 1,
    data: BigInt64Array.from([1n]),
  })
  expect(cellText(new Vector([nanos]), 0)).toBe('1970-01-01 00:00:00.000000001+00')
  const time = makeData({ type: new TimeMicrosecond(), length: 1, data: BigInt64Array.from([1n]) })
  expect(cellText(new Vector([time]), 0)).toBe('00:00:00.000001')
})
