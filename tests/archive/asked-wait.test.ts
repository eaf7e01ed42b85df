import { expect, test } from 'vitest'
import { askedWait } from '../../lib/archive/asked-wait'

const NOW = Date.parse('2026-11-25T10:00:00Z')

const asked = (headers: Record<string, string>, status = 429) =>
  askedWait(status, new Headers(headers), NOW)

test('Retry-After is seconds or a date', () => {
  expect(asked({ 'retry-after': '120' })).toBe(120_000)
  expect(asked({ 'retry-after': '1.5' })).toBe(1500)
  expect(asked({ 'retry-after': 'Wed, 25 Nov 2026 10:00:30 GMT' })).toBe(30_000)
  expect(asked({ 'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT' })).toBe(0)
  expect(asked({ 'retry-after': 'soon' })).toBeNull()
  expect(asked({})).toBeNull()
})

test('a date is read by the clock of the server', () => {
  const headers = {
    date: 'Wed, 25 Nov 2026 11:00:00 GMT',
    'retry-after': 'Wed, 25 Nov 2026 11:00:30 GMT',
  }
  expect(asked(headers)).toBe(30_000)
})

test.each([
  ['"resolvers";r=0;t=40', 40_000],
  ['"api";r=12;t=7, "resolvers";r=0;t=300', 300_000],
  ['"day";r=0;t=3600, "minute";r=0;t=20', 3_600_000],
  ['"a, b";r=0;t=5', 5_000],
  ['"resolvers"; r=0; t=40', 40_000],
  ['default;t=9', 9_000],
  ['limit=100, remaining=0, reset=50', 50_000],
  ['"resolvers";r=0', null],
  ['nonsense', null],
])('RateLimit: %s', (ratelimit, ms) => {
  expect(asked({ ratelimit })).toBe(ms)
})

test('RateLimit-Reset is a number of seconds, or a time', () => {
  expect(asked({ 'ratelimit-reset': '50' })).toBe(50_000)
  expect(asked({ 'x-ratelimit-reset': String(NOW / 1000 + 60) })).toBe(60_000)
  expect(asked({ 'x-ratelimit-reset': String(NOW + 60_000) })).toBe(60_000)
  expect(asked({ 'ratelimit-reset': 'x' })).toBeNull()
})

test('Retry-After comes first, and quotas count for a 429 only', () => {
  const headers = { 'retry-after': '3', ratelimit: '"a";r=0;t=40' }
  expect(asked(headers)).toBe(3_000)
  expect(asked({ ratelimit: '"a";r=9;t=40' }, 503)).toBeNull()
  expect(asked({ 'retry-after': '3' }, 503)).toBe(3_000)
})
