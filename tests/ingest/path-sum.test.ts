import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PathSum } from '../../lib/ingest/path-sum'
import { TextHash } from '../../lib/release/text-hash'

const sumOf = (texts: readonly string[]) => {
  const sum = new PathSum()
  for (const text of texts) sum.add(text)
  return String(sum)
}
const anyText = fc.string({ unit: 'binary', maxLength: 20 })

test('the order does not matter, anything else does', () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { maxLength: 8 }),
      fc.array(anyText, { maxLength: 8 }),
      (a, b) => {
        expect(sumOf(a.toReversed())).toBe(sumOf(a))
        expect(sumOf(a) === sumOf(b)).toBe(
          JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted()),
        )
      },
    ),
  )
  expect(sumOf([])).toBe('0000000000000000')
  expect(sumOf(['a', 'a'])).not.toBe(sumOf([]))
  expect(sumOf(['a', 'a', 'b'])).not.toBe(sumOf(['a', 'b', 'b']))
  expect(sumOf(['ab', 'c'])).not.toBe(sumOf(['a', 'bc']))
  expect(sumOf(['😀'])).not.toBe(sumOf(['😁']))
})

test('texts that exchange their ends are other texts', () => {
  for (let a = 0; a < 50; a++)
    for (let b = 0; b < a; b++)
      expect(sumOf([`${a}_1`, `${b}_2`])).not.toBe(sumOf([`${a}_2`, `${b}_1`]))
})

test('neighbouring names of a release all differ, in both halves', () => {
  const halves: [Set<string>, Set<string>] = [new Set(), new Set()]
  for (let slice = 0; slice < 300; slice++)
    for (let instance = 0; instance < 30; instance++) {
      const sum = sumOf([`masks/ct_00--A--1--z_${slice}--0001_${instance}.png`])
      halves[0].add(sum.slice(0, 8))
      halves[1].add(sum.slice(8))
    }
  // 9,000 of 2^32: the odds of one coincidence are 1 in 100, of two 1 in 20,000.
  for (const half of halves) expect(half.size).toBeGreaterThan(8_998)
})

test('a text in pieces has the hash of the whole', () => {
  fc.assert(
    fc.property(anyText, anyText, (start, end) => {
      const first = new TextHash().from().feed(start)
      const pieces = new TextHash().from(first.a, first.b, first.c).feed(end)
      const whole = new TextHash().from().feed(start + end)
      expect(pieces).toEqual(whole)
      // The start of a text may also be passed over.
      expect(new TextHash().from().feed(`${start}${end}`, start.length)).toEqual(
        new TextHash().from().feed(end),
      )
    }),
  )
})

test('a lone surrogate counts as what a file keeps of it', () => {
  expect(sumOf(['a\ud800b\udc00'])).toBe(sumOf(['a\ufffdb\ufffd']))
  expect(sumOf(['\ud83d\ude00'])).not.toBe(sumOf(['\ufffd\ufffd']))
})
