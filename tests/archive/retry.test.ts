import { expect, test } from 'vitest'
import { delayBefore, PassingFault, parseRetryAfter, RETRIES } from '../../lib/archive/retry'

test('waits double up to a longest one, shortened by up to a half', () => {
  const fault = new PassingFault('cut')
  const waits = (random: number) =>
    [1, 2, 3, 7, 20].map(failures => delayBefore(failures, fault, RETRIES, random))
  expect(waits(1)).toEqual([500, 1000, 2000, 30_000, 30_000])
  expect(waits(0)).toEqual([250, 500, 1000, 15_000, 15_000])
})

test('a wait that the server asks for is a floor, and too long a one is none', () => {
  const wait = (asked: number) => delayBefore(1, new PassingFault('429', asked), RETRIES, 1)
  expect(wait(0)).toBe(500)
  expect(wait(60_000)).toBe(60_000)
  expect(wait(300_001)).toBeNull()
})

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-25T10:00:00Z')
  expect(parseRetryAfter('120', now)).toBe(120_000)
  expect(parseRetryAfter('Wed, 25 Nov 2026 10:00:30 GMT', now)).toBe(30_000)
  expect(parseRetryAfter('Wed, 25 Nov 2026 09:00:00 GMT', now)).toBe(0)
  expect(parseRetryAfter('soon', now)).toBeNull()
  expect(parseRetryAfter(null, now)).toBeNull()
})

test('a wait ends when it is aborted', async () => {
  const stop = new AbortController()
  const waiting = RETRIES.wait(60_000, stop.signal)
  stop.abort(new Error('hung up'))
  await expect(waiting).rejects.toThrow('hung up')
  await expect(RETRIES.wait(60_000, stop.signal)).rejects.toThrow('hung up')
  await RETRIES.wait(1)
})
