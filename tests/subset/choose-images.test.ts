import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Choice, chooseAtLeast, chooseAtMost } from '../../lib/subset/choose-images'
import { type ImageKeys, keyRows } from '../../lib/subset/image-keys'

/** Keys and group of each image. */
type Image = { keys: number[]; group: number }

const KEYS = 6

const releases = fc.array(
  fc.record({
    keys: fc.array(fc.nat(KEYS - 1), { maxLength: 5 }),
    group: fc.nat(2),
  }),
  { maxLength: 40 },
)
const counts = fc.integer({ min: 1, max: 8 })
const caps = fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined })

function keysOf(images: readonly Image[]): ImageKeys {
  // Some images of the same keys share a row.
  const rowOf = images.map(({ keys, group }, image) =>
    group === 0 ? images.findIndex(other => `${other.keys}` === `${keys}`) : image,
  )
  // Pairs lie in any order: here by key, with the repeats that several masks of a label make.
  const pairs = images
    .flatMap(({ keys }, row) => keys.map(key => ({ row, key })))
    .sort((a, b) => a.key - b.key)
  const rows = keyRows(images.length, KEYS, {
    rows: Uint32Array.from(pairs, pair => pair.row),
    keys: Uint16Array.from(pairs, pair => pair.key),
  })
  return { images: images.length, keys: KEYS, rowOf: Uint32Array.from(rowOf), ...rows }
}

const limitOf = (images: readonly Image[], most: number | undefined) =>
  most === undefined ? undefined : { groups: Uint16Array.from(images, image => image.group), most }

const chosenOf = ({ chosen }: Choice) => [...chosen].flatMap((is, image) => (is ? [image] : []))

/** Images with each key among some images, counted one by one. */
const countOf = (images: readonly Image[], some: readonly number[], key: number) =>
  some.filter(image => images[image]?.keys.includes(key)).length

const inGroup = (images: readonly Image[], some: readonly number[], group: number) =>
  some.filter(image => images[image]?.group === group).length

const all = (images: readonly Image[]) => images.map((_, image) => image)
const KEY_LIST = Array.from({ length: KEYS }, (_, key) => key)
const GROUPS = [0, 1, 2]

/** The report of a choice is what a scan counts. */
function expectCounted(images: readonly Image[], choice: Choice) {
  const chosen = chosenOf(choice)
  expect([...choice.counts]).toEqual(KEY_LIST.map(key => countOf(images, chosen, key)))
  expect([...choice.available]).toEqual(KEY_LIST.map(key => countOf(images, all(images), key)))
}

describe('at most', () => {
  test('no key and no group has more, and no image can be added', () => {
    fc.assert(
      fc.property(releases, counts, caps, (images, most, cap) => {
        const choice = chooseAtMost(keysOf(images), most, limitOf(images, cap))
        const chosen = chosenOf(choice)
        expectCounted(images, choice)
        const fits = (some: readonly number[]) =>
          KEY_LIST.every(key => countOf(images, some, key) <= most) &&
          GROUPS.every(group => inGroup(images, some, group) <= (cap ?? images.length))
        expect(fits(chosen)).toBe(true)
        for (const image of all(images)) {
          if (chosen.includes(image)) continue
          if (images[image]?.keys.length === 0) continue
          expect(fits([...chosen, image]), `image ${image}`).toBe(false)
        }
        expect(chosen.every(image => images[image]?.keys.length)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('keys take turns: the one with the fewest images first, of equal ones the rarest', () => {
    fc.assert(
      fc.property(releases, counts, caps, (images, most, cap) => {
        const choice = chooseAtMost(keysOf(images), most, limitOf(images, cap))
        const chosen: number[] = []
        for (;;) {
          const turn = turnOf(images, chosen, most, cap ?? images.length)
          if (turn === undefined) break
          chosen.push(turn)
        }
        expect(chosenOf(choice)).toEqual(chosen.sort((a, b) => a - b))
      }),
      { numRuns: 500 },
    )
  })
})

/** The image that is taken next, found by trying all; undefined if none fits. */
function turnOf(images: readonly Image[], chosen: readonly number[], most: number, cap: number) {
  const fits = (image: number) => {
    const { keys, group } = images[image] as Image
    const isFree = keys.every(key => countOf(images, chosen, key) < most)
    return !chosen.includes(image) && isFree && inGroup(images, chosen, group) < cap
  }
  const turns = KEY_LIST.map(key => ({
    has: countOf(images, chosen, key),
    there: countOf(images, all(images), key),
    image: all(images).find(image => images[image]?.keys.includes(key) && fits(image)),
  }))
  const [first] = turns
    .filter(({ image }) => image !== undefined)
    .sort((a, b) => a.has - b.has || a.there - b.there)
  return first?.image
}

describe('at least', () => {
  test('each key has as many, or all that there are, and no image can be dropped', () => {
    fc.assert(
      fc.property(releases, counts, (images, least) => {
        const choice = chooseAtLeast(keysOf(images), least)
        const chosen = chosenOf(choice)
        expectCounted(images, choice)
        const need = (key: number) => Math.min(least, countOf(images, all(images), key))
        const isEnough = (some: readonly number[]) =>
          KEY_LIST.every(key => countOf(images, some, key) >= need(key))
        expect(isEnough(chosen)).toBe(true)
        for (const image of chosen)
          expect(isEnough(chosen.filter(other => other !== image)), `image ${image}`).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('an image that helped most keys is dropped once others have made it needless', () => {
    const images = [
      [0, 1, 2, 3],
      [0, 1, 4],
      [2, 3, 5],
      [0, 1, 4],
      [2, 3, 5],
    ]
    const choice = chooseAtLeast(keysOf(images.map(keys => ({ keys, group: 1 }))), 1)
    expect(chosenOf(choice)).toEqual([1, 2])
  })

  test('with a limit per group, groups hold it and no image with room would help', () => {
    fc.assert(
      fc.property(releases, counts, fc.integer({ min: 1, max: 10 }), (images, least, cap) => {
        const choice = chooseAtLeast(keysOf(images), least, limitOf(images, cap))
        const chosen = chosenOf(choice)
        expectCounted(images, choice)
        for (const group of GROUPS) expect(inGroup(images, chosen, group)).toBeLessThanOrEqual(cap)
        const isShort = (key: number) => countOf(images, chosen, key) < least
        for (const image of all(images)) {
          if (chosen.includes(image)) continue
          const { keys, group } = images[image] as Image
          if (inGroup(images, chosen, group) < cap) expect(keys.some(isShort)).toBe(false)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('it takes few images: those of the best choice, or little more', () => {
    let [sum, best] = [0, 0]
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ keys: fc.array(fc.nat(KEYS - 1), { maxLength: 4 }), group: fc.nat(2) }),
          {
            minLength: 6,
            maxLength: 11,
          },
        ),
        fc.integer({ min: 1, max: 3 }),
        (images, least) => {
          const found = chosenOf(chooseAtLeast(keysOf(images), least)).length
          const fewest = fewestOf(images, least)
          expect(found).toBeLessThanOrEqual(fewest * 1.5 + 1)
          sum += found
          best += fewest
        },
      ),
      { numRuns: 150 },
    )
    expect(sum / best).toBeLessThan(1.05)
  })
})

/** The size of the smallest choice that is enough, by trying all. */
function fewestOf(images: readonly Image[], least: number): number {
  const need = KEY_LIST.map(key => Math.min(least, countOf(images, all(images), key)))
  let fewest = images.length
  for (let subset = 0; subset < 2 ** images.length; subset++) {
    const some = all(images).filter(image => subset & (1 << image))
    if (
      some.length < fewest &&
      KEY_LIST.every(key => countOf(images, some, key) >= (need[key] ?? 0))
    )
      fewest = some.length
  }
  return fewest
}
