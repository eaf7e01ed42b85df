import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areSizesBeyondChance, isBeyondChance, meanPlace } from '../../lib/split/chance'
import { type SizeCount, sizeSummary } from '../../lib/split/size-summary'
import { randomNumbers } from './populations'

const countsOf = (sizes: readonly number[]): SizeCount[] =>
  [...new Set(sizes)].map(images => ({
    images,
    patients: sizes.filter(size => size === images).length,
  }))

/** `drawn` of the numbers below `all`, without any thought. */
function draw(all: number, drawn: number, seed: number): number[] {
  const random = randomNumbers(seed)
  return Array.from({ length: all }, (_, n) => ({ n, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, drawn)
    .map(({ n }) => n)
}

test('plain draws are within chance, and what is sorted by size is not', () => {
  const sizes = Array.from({ length: 200 }, (_, n) => 1 + Math.floor(n ** 1.5 / 20))
  const all = countsOf(sizes)
  let sized = 0
  let marked = 0
  for (let seed = 0; seed < 500; seed++) {
    const chosen = draw(200, 20, seed)
    if (areSizesBeyondChance(countsOf(chosen.map(n => sizes[n] ?? 0)), all)) sized++
    if (isBeyondChance(chosen.filter(n => n < 30).length, 20, 30, 200)) marked++
  }
  expect([sized, marked]).toEqual([0, 0])
  expect(areSizesBeyondChance(countsOf(sizes.slice(0, 20)), all)).toBe(true)
  expect(areSizesBeyondChance(countsOf(sizes.slice(-20)), all)).toBe(true)
})

test('the mean place is 0.5 for all, less for small ones, and the same for equal sizes', () => {
  const all = countsOf([1, 2, 3, 4])
  expect(meanPlace(all, all)).toBe(0.5)
  expect(meanPlace(countsOf([1]), all)).toBe(0.125)
  expect(meanPlace(countsOf([3, 4]), all)).toBe(0.75)
  expect(meanPlace(countsOf([7]), countsOf([7, 7, 7]))).toBe(0.5)
})

test('a dataset that is in train alone is beyond chance, one of three patients is not', () => {
  expect(isBeyondChance(0, 100, 200, 1000)).toBe(true)
  expect(isBeyondChance(0, 100, 3, 1000)).toBe(false)
  expect(isBeyondChance(20, 100, 200, 1000)).toBe(false)
  expect(isBeyondChance(0, 0, 0, 0)).toBe(false)
})

/** Quantile of type 7, by its definition on the sizes one by one. */
function naiveQuantile(sizes: readonly number[], part: number): number {
  const sorted = [...sizes].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.floor(place) + 1] ?? below
  return below + (place % 1) * (above - below)
}

test('mean, median and quartiles are those of the sizes one by one', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(sizes, list => {
      const { mean = 0, q1 = 0, median = 0, q3 = 0, max } = sizeSummary(countsOf(list)) ?? {}
      expect(mean).toBeCloseTo(list.reduce((sum, size) => sum + size, 0) / list.length)
      expect(q1).toBeCloseTo(naiveQuantile(list, 0.25))
      expect(median).toBeCloseTo(naiveQuantile(list, 0.5))
      expect(q3).toBeCloseTo(naiveQuantile(list, 0.75))
      expect(max).toBe(Math.max(...list))
    }),
  )
})

test('quartiles lie between sizes where patients do', () => {
  expect(sizeSummary(countsOf([81, 159]))?.median).toBe(120)
  expect(sizeSummary(countsOf([1, 1, 2, 3, 5, 8, 100]))).toEqual({
    mean: 120 / 7,
    q1: 1.5,
    median: 3,
    q3: 6.5,
    max: 100,
  })
  expect(sizeSummary([])).toBeNull()
})
