import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isMirrored,
  parseTurn,
  swapsSides,
  TURNS,
  type Turn,
  turnAroundMiddle,
  turned,
  turnText,
  turnTransform,
} from '../../lib/axes/turn'

/** Rows of pixels. */
type Picture = readonly (readonly number[])[]

const columns = (picture: Picture) => picture[0]!.map((_, x) => picture.map(row => row[x]!))
const leftRight = (picture: Picture): Picture => picture.map(row => row.toReversed())
const clockwise = (picture: Picture): Picture => leftRight(columns(picture))

/** Each turn by moving pixels, from what its name says. */
const NAIVE: Readonly<Record<Turn, (picture: Picture) => Picture>> = {
  '0': picture => picture,
  '90': clockwise,
  '180': picture => clockwise(clockwise(picture)),
  '270': picture => clockwise(clockwise(clockwise(picture))),
  lr: leftRight,
  ud: picture => picture.toReversed(),
  lr90: picture => clockwise(leftRight(picture)),
  lr270: picture => clockwise(clockwise(clockwise(leftRight(picture)))),
}

/** A picture of 3 × 2 px without any symmetry. */
const PICTURE: Picture = [
  [1, 2, 3],
  [4, 5, 6],
]

/** The picture as a browser would draw its pixels with a CSS matrix. */
function drawn(picture: Picture, transform: string): Picture {
  const numbers =
    transform === '' ? [1, 0, 0, 1, 0, 0] : transform.match(/-?\d+(\.\d+)?/g)!.map(Number)
  const [a, b, c, d, e, f] = numbers as [number, number, number, number, number, number]
  const pixels = picture.flatMap((row, y) =>
    row.map((value, x) => {
      const [px, py] = [x + 0.5, y + 0.5]
      return { x: a * px + c * py + e - 0.5, y: b * px + d * py + f - 0.5, value }
    }),
  )
  const width = 1 + Math.max(...pixels.map(one => one.x))
  const height = 1 + Math.max(...pixels.map(one => one.y))
  return Array.from({ length: height }, (_, y) =>
    Array.from(
      { length: width },
      (_, x) => pixels.find(one => one.x === x && one.y === y)?.value ?? Number.NaN,
    ),
  )
}

test.each(TURNS)('%s draws the pixels where its name says, from the same corner', turn => {
  const transform = turnTransform(turn, 3, 2)
  expect(drawn(PICTURE, transform)).toEqual(NAIVE[turn](PICTURE))
  expect(swapsSides(turn)).toBe(NAIVE[turn](PICTURE).length === 3)
  const around = turnAroundMiddle(turn)
  expect(around === undefined).toBe(turn === '0')
  expect((around ?? '').split(',').slice(0, 4)).toEqual(transform.split(',').slice(0, 4))
})

const any = fc.constantFrom(...TURNS)

test('turns one after another are one turn, and mirroring twice mirrors nothing', () => {
  fc.assert(
    fc.property(any, any, (first, then) => {
      const both = turned(first, then)
      expect(NAIVE[both](PICTURE)).toEqual(NAIVE[then](NAIVE[first](PICTURE)))
      expect(isMirrored(both)).toBe(isMirrored(first) !== isMirrored(then))
    }),
  )
  expect(TURNS.filter(isMirrored)).toEqual(['lr', 'ud', 'lr90', 'lr270'])
})

test('a turn is read from a URL, and has words of its own', () => {
  expect(TURNS.map(turn => parseTurn(turn))).toEqual([...TURNS])
  expect([null, '', '45', 'LR', '__proto__'].map(parseTurn)).toEqual([null, null, null, null, null])
  expect(new Set(TURNS.map(turnText)).size).toBe(TURNS.length)
})
