import { expect, test } from 'vitest'
import { areSizesBeyondChance, isBeyondChance } from '../../lib/split/chance'
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

test('a dataset that is in train alone is beyond chance, one of three patients is not', () => {
  expect(isBeyondChance(0, 100, 200, 1000)).toBe(true)
  expect(isBeyondChance(0, 100, 3, 1000)).toBe(false)
  expect(isBeyondChance(20, 100, 200, 1000)).toBe(false)
  expect(isBeyondChance(0, 0, 0, 0)).toBe(false)
})

test('quartiles are sizes of patients', () => {
  expect(sizeSummary(countsOf([1, 1, 2, 3, 5, 8, 100]))).toEqual({
    q1: 1,
    median: 3,
    q3: 8,
    max: 100,
  })
  expect(sizeSummary([])).toBeNull()
})
