import { describe, expect, test } from 'vitest'
import { parseClassMap } from '../../lib/ingest/read-class-map.node.ts'

const parse = (text: string) => parseClassMap(Buffer.from(text), 'map.json')

test('dataset → id → label', () => {
  const { classMap, rejects } = parse(
    '\ufeff{"BTCV": {"liver": "0001"}, "__proto__": {"a": "0000"}}',
  )
  expect(rejects).toEqual([])
  expect(classMap.get('BTCV')?.get('0001')).toBe('liver')
  expect(classMap.get('__proto__')?.get('0000')).toBe('a')
})

test('bad entries are listed one by one and the rest counts', () => {
  const { classMap, rejects } = parse(
    '{"A": {"a": "1", "b": 2, "c": null, "d": "0004"}, "B": ["x"], "C": {"e": "0001", "f": "0001", "g": "0002"}}',
  )
  expect(rejects).toEqual([
    { reason: 'bad-class-id', dataset: 'A', text: '"a": "1"' },
    { reason: 'bad-value', dataset: 'A', text: '"b": 2' },
    { reason: 'bad-value', dataset: 'A', text: '"c": null' },
    { reason: 'bad-value', dataset: 'B', text: '["x"]' },
    { reason: 'ambiguous-class-id', dataset: 'C', text: '"e": "0001"' },
    { reason: 'ambiguous-class-id', dataset: 'C', text: '"f": "0001"' },
  ])
  expect([...(classMap.get('A') ?? [])]).toEqual([['0004', 'd']])
  expect(classMap.get('B')?.size).toBe(0)
  expect(classMap.get('C')?.get('0001')).toBeNull()
  expect(classMap.get('C')?.get('0002')).toBe('g')
})

test('ids that can only mean four digits are read so, or refused by name', () => {
  const odd = '{"A": {"a": 3, "b": "7", "c": " 0012 ", "d": 4.0, "e": "0005"}, "B": {"f": "2.0"}}'
  const map = (text: string) => parseClassMap(Buffer.from(text), 'map.json', 'pad')
  const { classMap, rejects, padded } = map(odd)
  expect(rejects).toEqual([])
  expect([...(classMap.get('A') ?? [])]).toEqual([
    ['0003', 'a'],
    ['0007', 'b'],
    ['0012', 'c'],
    ['0004', 'd'],
    ['0005', 'e'],
  ])
  expect([...(classMap.get('B') ?? [])]).toEqual([['0002', 'f']])
  expect(padded).toEqual({ count: 5, first: '"a" of A: 3' })
  expect(() => parseClassMap(Buffer.from(odd), 'map.json', 'refuse')).toThrow(
    'map.json: 5 class ids not written as four digits, such as "a" of A: 3, so the masks of these labels would be lost; correct the file ("0003" for 3), or read them so with --pad-class-ids',
  )
  // Two labels of one id are ambiguous, whichever way it is written.
  expect(map('{"A": {"a": 3, "b": "0003"}}').rejects.map(({ reason }) => reason)).toEqual([
    'ambiguous-class-id',
    'ambiguous-class-id',
  ])
  // What can mean anything is rejected as before.
  const bad = '{"A": {"a": 3.5, "b": -1, "c": "x", "d": 12345, "e": null, "f": "", "g": true}}'
  expect(map(bad).rejects).toHaveLength(7)
  expect(parseClassMap(Buffer.from(bad), 'map.json', 'refuse').rejects).toHaveLength(7)
})

describe('refused as a whole', () => {
  test.each([
    ['', /empty/],
    ['{"A": {', /not valid JSON/],
    ['[]', /not a class map/],
    ['null', /not a class map/],
    ['<html>', /HTML/],
    ['\u001f\u008b', /not valid JSON/],
    ['{"A": {}, "B": {}, "A": {}}', /map\.json: lists "A" twice; remove one of them/],
    ['{"A": {"x": "0001"}, "B": {"x": "0001", "x": "0002"}}', /lists "B" → "x" twice/],
    ['{"A": {"\\u0078": "0001", "x": "0001"}}', /lists "A" → "x" twice/],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(message)
  })

  test('gzip data', () => {
    expect(() => parseClassMap(Buffer.from([0x1f, 0x8b, 8, 0]), 'map.json')).toThrow(/gzip/)
  })

  test('cut off at any byte', () => {
    const bytes = Buffer.from('{"é日😀": {"liver": "0001", "b": "0002"}, "B": {}}')
    for (let length = 0; length < bytes.length; length++)
      expect(() => parseClassMap(bytes.subarray(0, length), 'map.json')).toThrow(
        /^map\.json: .*download it again$/,
      )
  })
})

test('the same key in different objects is no repetition', () => {
  const { rejects } = parse('{"A": {"A": "0001", "b": "0002"}, "b": {"A": "0001"}, "c": [{}, {}]}')
  expect(rejects).toEqual([{ reason: 'bad-value', dataset: 'c', text: '[{},{}]' }])
})

test.each([
  'li\0ver',
  'li\nver',
  '\u001b[31m',
  '\u202eliver',
  '\ufeffliver',
  'a\ufffe',
  'a\ud800',
  '',
  '  ',
])('the label %j is rejected, and the others count', label => {
  const { classMap, rejects } = parse(JSON.stringify({ A: { [label]: '0001', liver: '0002' } }))
  expect(rejects).toEqual([
    { reason: 'bad-label', dataset: 'A', text: `${JSON.stringify(label)}: "0001"` },
  ])
  expect([...(classMap.get('A') ?? [])]).toEqual([['0002', 'liver']])
})

test('values that are nested deeply, or long, are rejected in short', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  const long = JSON.stringify(Array.from({ length: 500 }, () => 'x'))
  const { rejects } = parse(`{"A": ${deep}, "B": {"liver": "0001", "b": ${deep}}, "C": ${long}}`)
  expect(rejects.map(({ dataset, reason, text }) => [dataset, reason, text.length < 250])).toEqual([
    ['A', 'bad-value', true],
    ['B', 'bad-value', true],
    ['C', 'bad-value', true],
  ])
})

test('names that differ in an invisible character at the start are no repetition', () => {
  const { classMap } = parse('{"A": {"x": "0001"}, "\ufeffA": {"x": "0001"}}')
  expect([...classMap.keys()]).toEqual(['A', '\ufeffA'])
})
