import fc from 'fast-check'
import { expect, test } from 'vitest'
import { about, atLeast, difference, exactly, readOff, unknown } from '../../lib/ledger/figure'
import { differenceText, figureText } from '../../lib/ledger/labels'

const text = (...pair: Parameters<typeof difference>) => differenceText(difference(...pair))

test('exact numbers are equal or differ, to the last digit', () => {
  expect(text(exactly(4_596_802), exactly(3_772_180))).toBe('−824,622')
  expect(text(exactly(219), exactly(271))).toBe('+52')
  expect(text(exactly(10), exactly(10))).toBe('equal')
})

test('a rounded number never counts as equal, and as different only beyond its rounding', () => {
  const masks = about(15_800_000, 100_000)
  expect(figureText(masks)).toBe('about 15,800,000')
  expect(text(masks, exactly(15_800_000))).toBe('agrees')
  expect(text(masks, exactly(15_849_999))).toBe('agrees')
  expect(text(masks, exactly(15_750_000))).toBe('agrees')
  expect(text(masks, exactly(15_860_000))).toBe('about +100,000')
  expect(text(exactly(19_762_855), masks)).toBe('about −4,000,000')
})

test('a sum of an exact and a rounded number keeps no digit that is not known', () => {
  expect(figureText(about(3_772_180 + 15_800_000, 100_000))).toBe('about 19,600,000')
})

test('a number read off a figure agrees within the error of the reading', () => {
  const images = readOff(3_304_000, 0.5)
  expect(figureText(images)).toBe('≈ 3,304,000')
  expect(text(images, exactly(3_304_000))).toBe('agrees')
  expect(text(images, exactly(3_320_520))).toBe('agrees')
  expect(text(images, exactly(3_320_521))).toBe('about +20,000')
  expect(text(images, exactly(33_146))).toBe('about −3,270,000')
})

test('"at least" is contradicted from below only', () => {
  const datasets = atLeast(91, 'the list is not complete')
  expect(figureText(datasets)).toBe('at least 91')
  expect(text(datasets, exactly(91))).toBe('agrees')
  expect(text(datasets, exactly(140))).toBe('agrees')
  expect(text(datasets, exactly(5))).toBe('at least −86')
  expect(text(exactly(140), datasets)).toBe('agrees')
  expect(text(exactly(50), datasets)).toBe('at least +41')
})

test('what is not known is a dash, not a zero', () => {
  expect(figureText(unknown('nobody says'))).toBe('—')
  expect(text(unknown('nobody says'), exactly(0))).toBe('—')
  expect(text(exactly(0), unknown('nobody says'))).toBe('—')
})

test('whatever the numbers, the two ways round say the same', () => {
  const figure = fc.oneof(
    fc.nat(1e8).map(value => exactly(value)),
    fc.nat(1e3).map(value => about(value * 1e5, 1e5)),
    fc.nat(1e8).map(value => readOff(value, 0.5)),
  )
  fc.assert(
    fc.property(figure, figure, (a, b) => {
      const [there, back] = [difference(a, b), difference(b, a)]
      expect(back.kind).toBe(there.kind)
      if (there.kind !== 'apart' || back.kind !== 'apart') return
      expect(Math.abs(there.by + back.by)).toBeLessThanOrEqual(1e6)
      expect(Math.sign(there.by) * Math.sign(back.by)).toBeLessThanOrEqual(0)
    }),
  )
})
