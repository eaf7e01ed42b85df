import { expect, test } from 'vitest'
import { parseByteRange } from '../../lib/http/byte-range'

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-', { start: 90, end: 99 }],
  ['bytes=90-500', { start: 90, end: 99 }],
  ['bytes=-1', { start: 99, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['BYTES=1-2', { start: 1, end: 2 }],
])('%s is a range', (header, range) => {
  expect(parseByteRange(header, 100)).toEqual(range)
})

test.each(['bytes=100-', 'bytes=100-200', 'bytes=99999999999999999999-', 'bytes=-0'])(
  '%s cannot be satisfied',
  header => {
    expect(parseByteRange(header, 100)).toBe('unsatisfiable')
  },
)

test.each([
  null,
  '',
  'bytes=-',
  'bytes=5-2',
  'bytes=0-1,4-5',
  'lines=0-1',
  'bytes=a-b',
  'bytes=+1-2',
])('%s asks for the whole file', header => {
  expect(parseByteRange(header, 100)).toBe('whole')
})

test('an empty file has no range', () => {
  expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable')
  expect(parseByteRange('bytes=-5', 0)).toBe('unsatisfiable')
})
