import { expect, test } from 'vitest'
import { allowsRange, namesTag } from '../../lib/http/entity-tag'

test('If-None-Match compares weakly, and one of many is enough', () => {
  expect(namesTag('"a"', '"a"')).toBe(true)
  expect(namesTag('"b", W/"a"', '"a"')).toBe(true)
  expect(namesTag('*', '"a"')).toBe(true)
  expect(namesTag('"b"', '"a"')).toBe(false)
  expect(namesTag('a', '"a"')).toBe(false)
  expect(namesTag(null, '"a"')).toBe(false)
})

test('If-Range compares strongly, and a date never matches', () => {
  expect(allowsRange(null, '"a"')).toBe(true)
  expect(allowsRange('"a"', '"a"')).toBe(true)
  expect(allowsRange('W/"a"', '"a"')).toBe(false)
  expect(allowsRange('Mon, 23 Nov 2026 00:00:00 GMT', '"a"')).toBe(false)
})
