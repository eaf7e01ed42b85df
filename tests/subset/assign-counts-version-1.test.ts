import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  assignCounts,
  type CountedGroup,
  wantedImages,
} from '../../lib/subset/assign-counts-version-1'
import { SPLIT_NAMES } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { counts } from './split-plans'

const group = (id: number, images: number, stratum: string): CountedGroup => ({
  id,
  images,
  strata: new Map([[stratum, images]]),
})

const groups = fc.uniqueArray(
  fc
    .tuple(fc.nat(1e6), fc.integer({ min: 1, max: 40 }), fc.constantFrom('a', 'b', 'c'))
    .map(parts => group(...parts)),
  { selector: one => one.id, maxLength: 60 },
)

/** Images of each side, and of none last. */
const heldBy = (all: readonly CountedGroup[], sides: ReadonlyMap<number, string | null>) =>
  [...SPLIT_NAMES, null].map(name =>
    all.filter(one => sides.get(one.id) === name).reduce((sum, one) => sum + one.images, 0),
  )

const offBy = (held: readonly number[], wanted: readonly number[]) =>
  wanted.reduce((sum, images, side) => sum + Math.abs(images - (held[side] as number)), 0)

test('no move of a group brings the counts nearer, and the same groups go to the same sides', () => {
  fc.assert(
    fc.property(groups, counts, fc.nat(99), (all, asked, seed) => {
      const sides = assignCounts(all, asked, seed)
      expect(sides.size).toBe(all.length)
      const held = heldBy(all, sides)
      const wanted = wantedImages(
        asked,
        all.reduce((sum, one) => sum + one.images, 0),
      )
      const now = offBy(held, wanted)
      const names = [...SPLIT_NAMES, null]
      for (const { id, images } of all)
        for (const [to, share] of wanted.entries()) {
          const from = names.indexOf(sides.get(id) ?? null)
          if (share === 0 || to === from) continue
          const moved = held.map((n, i) => n - (i === from ? images : 0) + (i === to ? images : 0))
          expect(offBy(moved, wanted)).toBeGreaterThan(now - 1e-3)
        }
      for (const [side, share] of wanted.entries()) if (share === 0) expect(held[side]).toBe(0)
      expect(assignCounts([...all].reverse(), asked, seed)).toEqual(sides)
    }),
    { numRuns: 300 },
  )
})

test('where nothing must stay together, every count is met', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), counts, fc.nat(99), (n, asked, seed) => {
      const all = Array.from({ length: n }, (_, id) => group(id, 1, 'abcdefgh'[id % 8] as string))
      const wanted = wantedImages(asked, n)
      const held = heldBy(all, assignCounts(all, asked, seed))
      for (const [side, images] of wanted.entries())
        expect(Math.abs(images - (held[side] as number))).toBeLessThan(1)
    }),
  )
})

test('few images of many strata are found all the same', () => {
  const all = Array.from({ length: 2000 }, (_, id) => group(id, 1 + (id % 40), `${id % 50}`))
  expect(heldBy(all, assignCounts(all, [30, 20, 10], 1)).slice(0, 3)).toEqual([30, 20, 10])
})

test.each([
  ['3,2,2', { counts: [3, 2, 2] }],
  ['3000, 500, rest', { counts: [3000, 500, 'rest'] }],
  ['1,1,rest', { counts: [1, 1, 'rest'] }],
  ['1,1,1', { counts: [1, 1, 1] }],
  ['1,0,0', { shares: [1, 0, 0] }],
  ['0.5,0.25,0.25', { shares: [0.5, 0.25, 0.25] }],
])('--split %s', (text, sizes) => {
  expect(readRecipe(`add=&split=${text}`).split).toMatchObject(sizes)
})

test.each(['rest,2,2', '3,rest,2', '3,2', '3,2,2,2', '3,2.5,2', '0.5,0.5,rest', '-3,2,2', '0,0,0'])(
  '--split %s is refused',
  text => {
    expect(() => readRecipe(`add=&split=${text}`)).toThrow()
  },
)
