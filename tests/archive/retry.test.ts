import { expect, test } from 'vitest'
import { delayBefore, formatMs, PassingFault, RETRIES } from '../../lib/archive/retry'

test('waits double up to a longest one, shortened by up to a half', () => {
  const fault = new PassingFault('cut')
  const waits = (random: number) =>
    [1, 2, 3, 7, 20].map(failures => delayBefore(failures, fault, RETRIES, random))
  expect(waits(1)).toEqual([500, 1000, 2000, 30_000, 30_000])
  expect(waits(0)).toEqual([250, 500, 1000, 15_000, 15_000])
})

test('a wait that the server asks for is a minimum', () => {
  const wait = (askedMs: number) => delayBefore(1, new PassingFault('429', { askedMs }), RETRIES, 1)
  expect(wait(0)).toBe(500)
  expect(wait(60_000)).toBe(60_000)
})

test.each([
  [200, '200 ms'],
  [1500, '2 s'],
  [90_000, '90 s'],
  [900_000, '15 min'],
])('%d ms are said as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text)
})

test('a wait ends when it is aborted', async () => {
  const stop = new AbortController()
  const waiting = RETRIES.wait(60_000, stop.signal)
  stop.abort(new Error('hung up'))
  await expect(waiting).rejects.toThrow('hung up')
  await expect(RETRIES.wait(60_000, stop.signal)).rejects.toThrow('hung up')
  await RETRIES.wait(1)
})
