import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldOf, keyOf, sampleJson, stemOf } from '../../../lib/subset/fetch/sample'
import { tarHeader, tarHeaderBytes } from '../../../lib/subset/fetch/tar-records'

test('the length of a header is known without making it', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 120 })),
      name => {
        expect(tarHeader(name, 5)).toHaveLength(tarHeaderBytes(name))
      },
    ),
  )
})

test('the length of an extended record counts itself', () => {
  // Where the number of digits changes with what they count.
  for (let length = 70; length < 1100; length++) {
    const header = Buffer.from(tarHeader('é'.repeat(length / 2) + 'x'.repeat(length % 2), 0))
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const text = header.toString('utf8', 512, 512 + size)
    expect(Number.parseInt(text, 10)).toBe(size)
    expect(text.endsWith('\n')).toBe(true)
  }
})

test('keys have no dot, differ where stems do, and join an image with its masks', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(keyOf(a)).not.toContain('.')
      expect(keyOf(a) === keyOf(b)).toBe(a === b)
    }),
  )
  const stem = 'ct_00--D--a--0001_000--z_0001'
  expect(stemOf(`images/${stem}.png`)).toBe(stem)
  expect(stemOf(`masks/${stem}--0003_1000.png`)).toBe(stem)
  expect(fieldOf(`masks/${stem}--0003_1000.png`)).toBe('0003_1000.png')
  expect(fieldOf(`images/${stem}.png`)).toBe('png')
})

test('a sample says what is in it, and no more', () => {
  const mask = (n: number) => ({ path: `masks/A--000${n}_000.png`, label: `label ${n}` })
  const facts = { path: 'images/A.png', split: null, dataset: 'D', masks: [mask(1), mask(2)] }
  expect(JSON.parse(sampleJson(['images/A.png', 'masks/A--0002_000.png'], facts))).toEqual({
    image: 'images/A.png',
    split: null,
    dataset: 'D',
    masks: [{ field: '0002_000.png', ...mask(2) }],
  })
  expect(JSON.parse(sampleJson(['masks/A--0002_000.png'], null))).toEqual({
    image: null,
    masks: [{ field: '0002_000.png', path: 'masks/A--0002_000.png' }],
  })
})
