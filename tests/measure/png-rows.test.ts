import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodeSamples, openPng } from '../../lib/images/decode.node.ts'
import { measureMask } from '../../lib/measure/measure-picture.node.ts'
import { openPngRows } from '../../lib/measure/png-rows.node.ts'
import { unfilterRow } from '../../lib/png/unfilter-row'
import { greyPng, makePng } from '../images/png'

/** Bytes of a pixel for each colour type that is read without the general decoder. */
const CHANNELS = { 0: 1, 2: 3, 4: 2, 6: 4 } as const

/** All pixels as they are stored, big-endian where a sample has two bytes. */
function allRows(bytes: Uint8Array): Buffer {
  const rows = openPngRows(bytes)
  if (!rows) throw new Error('not read')
  const out: Uint8Array[] = []
  for (let y = 0; y < rows.height; y++) {
    rows.unfilter(y)
    const { data, at, count, pixelBytes } = rows.row(y)
    out.push(data.subarray(at, at + count * pixelBytes))
  }
  return Buffer.concat(out)
}

const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 9 }),
    colorType: fc.constantFrom(0 as const, 2 as const, 4 as const, 6 as const),
    bitDepth: fc.constantFrom(8, 16),
    // Few values make filters leave zeros, many make them wrap around.
    values: fc.constantFrom(2, 256),
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
  })
  .map(({ values, seed, ...spec }) => {
    const { width, height, colorType, bitDepth } = spec
    let state = seed
    const data = new Uint8Array((width * height * CHANNELS[colorType] * bitDepth) / 8).map(() => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 16) % values
    })
    return { ...spec, data }
  })

test('plain files of all kinds come out as they were put in, and as the general decoder has them', async () => {
  await fc.assert(
    fc.asyncProperty(pictures, async spec => {
      const png = makePng(spec)
      expect(allRows(png).equals(spec.data)).toBe(true)
      const { data, channels, colors } = await decodeSamples(openPng(png, 'test'))
      expect(colorsOf(data, channels, colors)).toEqual(
        colorsOf(samplesOf(spec), CHANNELS[spec.colorType], colors),
      )
    }),
    { numRuns: 60 },
  )
})

const samplesOf = ({ bitDepth, data }: { bitDepth: number; data: Uint8Array }) =>
  bitDepth === 8
    ? data
    : Uint16Array.from({ length: data.length / 2 }, (_, i) => Buffer.from(data).readUInt16BE(2 * i))

/** The samples without transparency, which the general decoder may leave out. */
const colorsOf = (samples: Uint8Array | Uint16Array, channels: number, colors: number) =>
  [...samples].filter((_, i) => i % channels < colors)

test('files that another program has filtered come out the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 24 * 13 * 3, maxLength: 24 * 13 * 3 }),
      fc.integer({ min: 0, max: 7 }),
      async (noise, shift) => {
        // Slopes, which make all filters worth while.
        const data = noise.map((value, i) => (i * 3 + (value >> shift)) & 0xff)
        const raw = { width: 24, height: 13, channels: 3 as const }
        const png = await sharp(data, { raw }).png({ adaptiveFiltering: true }).toBuffer()
        expect(allRows(png).equals(data)).toBe(true)
      },
    ),
    { numRuns: 30 },
  )
})

test('a row like the one above is no empty row, however little of it is stored', async () => {
  const raw = { width: 16, height: 8, channels: 1 as const }
  const data = Uint8Array.from({ length: 128 }, (_, i) => (i < 32 || i % 16 < 3 ? 0 : i % 16))
  const grey = sharp(data, { raw }).toColourspace('b-w')
  const png = await grey.png({ adaptiveFiltering: true }).toBuffer()
  expect(
    openPngRows(png)
      ?.row(0)
      .data.filter((_, i) => i % 17 === 0),
  ).toContain(2)
  expect(allRows(png).equals(data)).toBe(true)
  const { area, box } = await measureMask(png, 'test')
  expect([area, box]).toEqual([6 * 13, { x0: 3, y0: 2, x1: 16, y1: 8 }])
})

test('every filter is undone, in the first row too', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 24, maxLength: 24 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }),
      fc.constantFrom(1, 3, 4),
      (pixels, filters, pixelBytes) => {
        const rows = [pixels.subarray(0, 12), pixels.subarray(12)]
        const data = new Uint8Array(26)
        rows.forEach((row, y) => {
          const above = rows[y - 1] ?? new Uint8Array(12)
          data.set([filters[y] ?? 0, ...filtered(row, above, filters[y] ?? 0, pixelBytes)], y * 13)
        })
        rows.forEach((row, y) => {
          unfilterRow(data, y * 13, 12, pixelBytes, y === 0)
          expect([...data.subarray(y * 13 + 1, y * 13 + 13)]).toEqual([...row])
        })
      },
    ),
  )
})

/** A row as the PNG specification filters it. */
function filtered(row: Uint8Array, above: Uint8Array, filter: number, pixelBytes: number) {
  return Uint8Array.from(row, (value, i) => {
    const a = row[i - pixelBytes] ?? 0
    const b = above[i] ?? 0
    const c = above[i - pixelBytes] ?? 0
    const p = a + b - c
    const byDistance = [a, b, c].toSorted((m, n) => Math.abs(p - m) - Math.abs(p - n))
    return value - ([0, a, b, Math.floor((a + b) / 2), byDistance[0] ?? 0][filter] ?? 0)
  })
}

const sound = greyPng(8, 8)
const flipped = (at: number) => {
  const copy = Buffer.from(sound)
  copy[at] = (copy[at] ?? 0) ^ 0x10
  return copy
}

test.each([
  [
    'a palette',
    makePng({ width: 1, height: 1, colorType: 3, data: Buffer.of(0), palette: [[1, 2, 3]] }),
  ],
  ['one bit a sample', makePng({ width: 8, height: 1, bitDepth: 1, data: Buffer.of(0xaa) })],
  ['a flipped bit in its pixels', flipped(sound.length - 24)],
  ['a flipped bit in the CRC of its header', flipped(30)],
  ['no end', sound.subarray(0, -12)],
  ['an end that is cut', sound.subarray(0, -20)],
  ['rows that are too long', makePng({ width: 8, height: 2, data: new Uint8Array(24) })],
  ['rows that are too short', makePng({ width: 8, height: 2, data: new Uint8Array(12) })],
])('%s is left to the decoder of rows', (_, bytes) => {
  expect(openPngRows(bytes)).toBeNull()
})

test('an interlaced file is left to the decoder of rows', async () => {
  const raw = { width: 9, height: 9, channels: 1 as const }
  const data = Uint8Array.from({ length: 81 }, (_, i) => i)
  const png = await sharp(data, { raw }).png({ progressive: true }).toBuffer()
  expect(openPngRows(png)).toBeNull()
})
