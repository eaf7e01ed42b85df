import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignUnits } from '../../lib/split/assign-units'
import type { Unit } from '../../lib/split/member'
import { wantedOfCounts, wantedOfShares } from '../../lib/split/plan-sizes'
import { population, randomNumbers, unit } from './populations'

const SHARES = [0.8, 0.1, 0.1] as const

const imagesOf = (units: readonly Unit[]) => units.reduce((sum, { images }) => sum + images, 0)
const largestOf = (units: readonly Unit[]) => Math.max(0, ...units.map(({ images }) => images))

/** The units of each split. */
function splitUp(
  units: readonly Unit[],
  shares: readonly number[],
  seed: number,
): (readonly Unit[])[] {
  const wanted = wantedOfShares(shares, imagesOf(units), largestOf(units))
  const { splitOf, held } = assignUnits(units, wanted, seed)
  const splits = shares.map((_, split) => units.filter(({ id }) => splitOf.get(id) === split))
  expect(held).toEqual(splits.map(imagesOf))
  return splits
}

/** As many patients, drawn without any thought. */
function plainDraw(units: readonly Unit[], shares: readonly number[], seed: number): Unit[][] {
  const random = randomNumbers(seed)
  const shuffled = units
    .map(one => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
  let start = 0
  let sum = 0
  return shares.map(share => {
    sum += share
    const end = Math.round(sum * units.length)
    const part = shuffled.slice(start, end)
    start = end
    return part
  })
}

const quantile = (sorted: readonly number[], p: number) =>
  sorted[Math.min(Math.floor(p * sorted.length), sorted.length - 1)] ?? 0

const QUARTERS = [0.25, 0.5, 0.75] as const

/** Quartiles of images per patient in a split. */
function quartilesOf(split: readonly Unit[]): number[] {
  const sizes = split.map(({ images }) => images).sort((a, b) => a - b)
  return QUARTERS.map(p => quantile(sizes, p))
}

/** Parts of a split's patients: larger than each quartile of all, of each dataset, with the rare label. */
function partsOf(split: readonly Unit[], quartiles: readonly number[]): number[] {
  const part = (isOne: (one: Unit) => boolean) => split.filter(isOne).length / split.length
  return [
    ...quartiles.map(quartile => part(({ images }) => images > quartile)),
    ...['volumes', 'short', 'small', 'pictures', 'tiny'].map(name =>
      part(({ datasets }) => datasets.includes(name)),
    ),
    part(({ stratum }) => stratum === 'rare'),
  ]
}

/** Mean, standard deviation and standard error of each column. */
function summary(rows: readonly (readonly number[])[]) {
  const [first = []] = rows
  return first.map((_, column) => {
    const values = rows.map(row => row[column] ?? 0)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    return { mean, deviation: Math.sqrt(variance), error: Math.sqrt(variance / values.length) }
  })
}

describe('a draw has no bias', () => {
  // More in a long run.
  const SEEDS = Number(process.env.SPLIT_SEEDS ?? 200)
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed)

  test.each([1, 2, 3])(
    'sizes, datasets and labels of each split are those of plain draws, population %i',
    which => {
      const units = population(which)
      const quartiles = quartilesOf(units)
      const drawn = seeds.map(seed => splitUp(units, SHARES, seed))
      const plain = seeds.map(seed => plainDraw(units, SHARES, seed))
      for (const split of SHARES.keys()) {
        const both = (lookAt: (part: readonly Unit[]) => number[]) =>
          [drawn, plain].map(draws => summary(draws.map(splits => lookAt(splits[split] ?? []))))
        const [ours = [], theirs = []] = both(part => partsOf(part, quartiles))
        for (const [look, { mean, error }] of ours.entries()) {
          const other = theirs[look] ?? ours[0]
          const off = Math.abs(mean - (other?.mean ?? 0))
          const noise = 4 * Math.hypot(error, other?.error ?? 0)
          expect(off, `split ${split}, part ${look}`).toBeLessThan(noise + 2e-3)
        }
        // Quartiles of few are off a little by themselves, in plain draws more than in ours.
        const [mine = [], others = []] = both(quartilesOf)
        for (const [look, { mean, deviation }] of mine.entries()) {
          const other = others[look] ?? mine[0]
          expect(Math.abs(mean - (other?.mean ?? 0))).toBeLessThan(0.4 * (other?.deviation ?? 0) + 0.5)
          expect(deviation).toBeLessThan((other?.deviation ?? 0) + 0.5)
        }
      }
    },
  )

  test('every patient is as likely as any other to come into a split', () => {
    const units = population(4)
    const counts = new Map<number, number>()
    for (let seed = 0; seed < SEEDS; seed++)
      for (const { id } of splitUp(units, SHARES, seed)[1] ?? [])
        counts.set(id, (counts.get(id) ?? 0) + 1)
    // Of large and small patients alike, in each dataset; a tenth, within four standard errors.
    for (const name of ['volumes', 'short', 'small', 'pictures']) {
      const own = units.filter(one => one.datasets.includes(name)).sort((a, b) => a.images - b.images)
      for (const half of [own.slice(0, own.length / 2), own.slice(own.length / 2)]) {
        const hits = half.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0)
        const n = half.length * SEEDS
        expect(Math.abs(hits / n - 0.1), name).toBeLessThan(4 * Math.sqrt(0.09 / n) + 0.004)
      }
    }
  })
})

test('sizes are met within a point, or half of the largest patient; datasets of ten are in every split', () => {
  for (const which of [1, 2, 3])
    for (let seed = 0; seed < 30; seed++) {
      const units = population(which)
      const splits = splitUp(units, SHARES, seed)
      const total = imagesOf(units)
      for (const [split, share] of SHARES.entries()) {
        const has = splits[split] ?? []
        const tolerance = Math.max(0.01 * total, largestOf(units) / 2)
        expect(Math.abs(imagesOf(has) - share * total)).toBeLessThanOrEqual(tolerance)
        for (const name of ['volumes', 'short', 'small', 'pictures'])
          expect(has.some(one => one.datasets.includes(name)), `${name}, split ${split}`).toBe(true)
      }
    }
})

const units = fc
  .array(
    fc.record({
      dataset: fc.constantFrom('a', 'b', 'c'),
      images: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 })),
      stratum: fc.constantFrom('x', 'y'),
    }),
    { maxLength: 60 },
  )
  .map(list => list.map(({ dataset, images, stratum }, id) => unit(id, dataset, images, stratum)))

test('every unit has a split, none of share 0, in any order the same', () => {
  fc.assert(
    fc.property(
      units,
      fc.constantFrom([0.8, 0.1, 0.1], [0.5, 0, 0.5], [1, 0, 0], [0.2, 0.2, 0.2, 0.2, 0.2]),
      fc.nat(1e6),
      (all, shares, seed) => {
        const splits = splitUp(all, shares, seed)
        expect(splits.flat()).toHaveLength(all.length)
        for (const [split, share] of shares.entries())
          if (share === 0) expect(splits[split]).toEqual([])
        const reversed = splitUp([...all].reverse(), shares, seed)
        const ids = (split: readonly Unit[]) => split.map(({ id }) => id).sort((a, b) => a - b)
        expect(reversed.map(ids)).toEqual(splits.map(ids))
      },
    ),
    { numRuns: 300 },
  )
})

test('blocks that fit are packed, whatever the seed', () => {
  const blocks = [unit(1, 'a', 400), unit(2, 'b', 300), unit(3, 'c', 200), unit(4, 'e', 100)]
  const singles = Array.from({ length: 40 }, (_, n) => unit(10 + n, 'd', 1))
  const all = [...blocks, ...singles]
  const shares = [0.4, 0.3, 0.3]
  for (let seed = 0; seed < 50; seed++) {
    const wanted = wantedOfShares(shares, imagesOf(all), 1)
    const { splitOf, held } = assignUnits(all, wanted, seed)
    expect(splitOf.get(1)).toBe(0)
    for (const [split, share] of shares.entries())
      expect(Math.abs((held[split] ?? 0) - share * 1040)).toBeLessThanOrEqual(wanted.tolerance)
  }
})

describe('counts', () => {
  const counts = fc.constantFrom<readonly (number | null)[]>(
    [300, 50, 50],
    [20, 5, null],
    [5000, 100, 100],
    [0, 10, 10],
  )
  test('what is drawn from has as many images as are drawn, where there are as many', () => {
    fc.assert(
      fc.property(counts, fc.nat(1e5), fc.integer({ min: 5, max: 8 }), (asked, seed, which) => {
        const all = population(which)
        const { wanted, drawn } = wantedOfCounts(asked, imagesOf(all), largestOf(all))
        const { held } = assignUnits(all, wanted, seed)
        for (const [split, count] of asked.entries()) {
          if (count === 0) expect(held[split]).toBe(0)
          if (count === null || imagesOf(all) < 5200) continue
          if (drawn) expect(held[split]).toBeGreaterThanOrEqual(count)
          else expect(Math.abs((held[split] ?? 0) - count)).toBeLessThanOrEqual(wanted.tolerance)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('slices are drawn only where a patient is larger than a count', () => {
    expect(wantedOfCounts([300, 50, 50], 10_000, 40).drawn).toBeNull()
    expect(wantedOfCounts([300, 50, 50], 10_000, 185).drawn).toEqual([300, 50, 50])
    // Too few: each its part.
    expect(wantedOfCounts([300, 50, 50], 200, 10).wanted.images).toEqual([150, 25, 25, 0])
    expect(wantedOfCounts([300, 50, null], 1000, 10).wanted.images).toEqual([300, 50, 650, 0])
  })
})
