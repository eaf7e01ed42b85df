import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pixelChunks } from '../../lib/images/png-chunks'
import { decodeRows } from '../../lib/png/decode-rows'
import { nodeCodec } from '../../lib/png/png-codec.node.ts'
import { greyPng, makePng } from '../images/png'
import { chunk, type Drawing, encodePng } from './encode-png'

const KINDS = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

async function* pieces(bytes: Uint8Array, size = bytes.length) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Decoded {
  readonly width: number
  readonly height: number
  /** Colours of each pixel, and its alpha. */
  readonly pixels: (readonly number[])[]
  readonly alpha: number[]
}

/** Every pixel, put in its place. */
async function decode(bytes: Uint8Array, pieceBytes?: number): Promise<Decoded> {
  const pixels: (readonly number[])[] = []
  const alpha: number[] = []
  let width = 0
  const header = await decodeRows(pieces(bytes, pieceBytes), nodeCodec, {
    withAlpha: true,
    start: header => {
      width = header.width
    },
    row({ y, x0, dx, count, data, at, pixelBytes, colors, sampleBytes, alpha: opacity }) {
      for (let i = 0; i < count; i++) {
        const place = y * width + x0 + i * dx
        const from = at + i * pixelBytes
        pixels[place] = Array.from({ length: colors }, (_, c) =>
          sampleBytes === 1
            ? (data[from + c] ?? 0)
            : (data[from + 2 * c] ?? 0) * 256 + (data[from + 2 * c + 1] ?? 0),
        )
        alpha[place] = opacity?.[i] ?? 255
      }
      return true
    },
  })
  return { width: header.width, height: header.height, pixels, alpha }
}

/** The same by libvips, at 8 bits or 16, always as RGB, with alpha in 8. */
async function oracle(bytes: Uint8Array, deep: boolean): Promise<Decoded> {
  const { data, info } = await sharp(bytes, { failOn: 'warning' })
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .ensureAlpha()
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const all = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
  expect(info.channels).toBe(4)
  const colors = info.channels - 1
  const each = Array.from({ length: info.width * info.height }, (_, i) => [
    ...all.subarray(i * info.channels, (i + 1) * info.channels),
  ])
  return {
    width: info.width,
    height: info.height,
    pixels: each.map(pixel => pixel.slice(0, colors)),
    alpha: each.map(pixel => (deep ? (pixel[colors] ?? 0) >> 8 : (pixel[colors] ?? 0))),
  }
}

const asRgb = ({ pixels, ...rest }: Decoded): Decoded => ({
  ...rest,
  pixels: pixels.map(([first = 0, ...others]) =>
    others.length > 0 ? [first, ...others] : [first, first, first],
  ),
})

const drawings: fc.Arbitrary<Drawing> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 21 }),
    height: fc.integer({ min: 1, max: 19 }),
    interlaced: fc.boolean(),
    isTransparent: fc.boolean(),
    // Few values make filters leave zeros, many make them wrap around.
    values: fc.constantFrom(2, 65_536),
    filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 }),
    chunkBytes: fc.constantFrom(1, 7, 1 << 20),
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
  })
  .map(({ kind: [colorType, bitDepth], width, height, values, seed, isTransparent, ...rest }) => {
    let state = seed
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % below
    }
    const colors = 1 + random(Math.min(2 ** bitDepth, 256))
    const most = colorType === 3 ? colors : Math.min(2 ** bitDepth, values)
    const channels = CHANNELS[colorType] ?? 1
    const samples = Array.from({ length: height }, () =>
      Array.from({ length: width }, () => Array.from({ length: channels }, () => random(most))),
    )
    const palette = Array.from({ length: colors }, () => [random(256), random(256), random(256)])
    const pixel = samples[random(height)]?.[random(width)] ?? [0]
    const key = Buffer.concat(pixel.map(sample => Buffer.of(sample >> 8, sample & 255)))
    const alphas = Uint8Array.from({ length: 1 + random(colors) }, () => random(256))
    const transparency = colorType === 3 ? alphas : key
    return {
      ...rest,
      bitDepth,
      colorType,
      samples,
      ...(colorType === 3 && { palette }),
      ...(isTransparent && colorType <= 3 && { transparency }),
    }
  })

test('every colour type, depth and interlacing: each pixel as libvips has it', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(drawings, fc.constantFrom(1, 13, 1 << 16), async (drawing, pieceBytes) => {
      const png = encodePng(drawing)
      const { colorType, bitDepth, interlaced } = drawing
      seen.add(`${colorType} ${bitDepth} ${interlaced}`)
      expect(asRgb(await decode(png, pieceBytes))).toEqual(await oracle(png, bitDepth === 16))
    }),
    { numRuns: 250 },
  )
  expect(seen.size).toBe(2 * KINDS.length)
})

test('pixels are those that were put in, whatever libvips says', async () => {
  await fc.assert(
    fc.asyncProperty(drawings, async drawing => {
      const { colorType, bitDepth, palette, samples } = drawing
      const spread = bitDepth < 8 && colorType === 0 ? 255 / (2 ** bitDepth - 1) : 1
      const expected = samples.flat().map(pixel => {
        if (palette) return palette[pixel[0] ?? 0] ?? [0, 0, 0]
        const colors = colorType === 0 || colorType === 4 ? 1 : 3
        return pixel.slice(0, colors).map(sample => sample * spread)
      })
      expect((await decode(encodePng(drawing))).pixels).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})

test('a damaged file is refused, or decodes to what libvips makes of it', async () => {
  const small = drawings.filter(({ samples }) => samples.length < 8)
  await fc.assert(
    fc.asyncProperty(
      small,
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      async (drawing, where, bit) => {
        const png = encodePng(drawing)
        const at = where % png.length
        png[at] = (png[at] ?? 0) ^ (1 << bit)
        const { bitDepth } = drawing
        const ours = await decode(png).catch((error: Error) => error)
        if (ours instanceof Error) {
          expect(ours.name).toBe('PngFault')
          return
        }
        // Damage of chunks that pixels do not depend on, such as a tRNS that is none any more, does not matter.
        const pixels = pixelChunks(png, 'x')
        expect(asRgb(ours)).toEqual(await oracle(pixels, bitDepth === 16))
      },
    ),
    { numRuns: 300 },
  )
})

test('a file that is cut anywhere is refused', async () => {
  const png = encodePng({
    bitDepth: 8,
    colorType: 2,
    samples: [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  })
  for (let length = 0; length < png.length; length++)
    await expect(decode(png.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({
      name: 'PngFault',
      reason: 'corrupt',
    })
})

const sound = greyPng(8, 8)
const IDAT = 33
const withChunks = (...chunks: readonly (readonly [string, Uint8Array])[]) =>
  Buffer.concat([
    sound.subarray(0, 33),
    ...chunks.map(([type, data]) => chunk(type, data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
const pixels = deflateSync(Buffer.alloc(8 * 9))
const header = (...bytes: readonly number[]) => {
  const data = Buffer.from(sound.subarray(16, 29))
  data.set(bytes, 8)
  return Buffer.concat([sound.subarray(0, 8), chunk('IHDR', data), sound.subarray(IDAT)])
}

test.each([
  ['no bytes', Buffer.alloc(0), 'the file is empty'],
  ['no signature', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not a PNG file'],
  ['a depth that greys do not have', header(3, 0), 'of no kind that PNG has'],
  ['a colour type that does not exist', header(8, 5), 'of no kind that PNG has'],
  ['an unknown filter method', header(8, 0, 0, 1), 'of no kind that PNG has'],
  ['an unknown interlacing', header(8, 0, 0, 0, 2), 'of no kind that PNG has'],
  ['too many rows', makePng({ width: 8, height: 2, data: new Uint8Array(24) }), 'too many pixels'],
  ['too few rows', makePng({ width: 8, height: 2, data: new Uint8Array(12) }), 'too few pixels'],
  ['no pixels', withChunks(), 'it has no pixels'],
  ['an unknown chunk that matters', withChunks(['ABCD', pixels]), 'a chunk "ABCD"'],
  ['no palette', header(8, 3), 'its palette is missing'],
  ['a palette of 257 colours', withChunks(['PLTE', Buffer.alloc(771)]), 'PNG does not allow'],
  [
    'pixels in two places',
    withChunks(['IDAT', pixels], ['tEXt', Buffer.from('x\0y')], ['IDAT', Buffer.of(0)]),
    'in two places',
  ],
  [
    'bytes after its pixels',
    withChunks(['IDAT', Buffer.concat([pixels, Buffer.of(1, 2, 3)])]),
    'bytes follow its pixels',
  ],
  [
    'a chunk after the end of its pixels',
    withChunks(['IDAT', pixels], ['IDAT', Buffer.alloc(5000, 7)]),
    'bytes follow its pixels',
  ],
  ['an unknown filter', withChunks(['IDAT', deflateSync(Buffer.alloc(72, 5))]), 'unknown filter'],
])('%s', async (_, bytes, message) => {
  await expect(decode(bytes)).rejects.toThrow(message)
})

test('more than 256 million pixels are refused before anything is unpacked', async () => {
  const data = Buffer.from(sound.subarray(16, 29))
  data.writeUInt32BE(16_001, 0)
  data.writeUInt32BE(16_000, 4)
  const large = Buffer.concat([sound.subarray(0, 8), chunk('IHDR', data)])
  await expect(decode(large)).rejects.toMatchObject({
    reason: 'too-large',
    message: '16001 × 16000 px; at most 256 million pixels are decoded',
  })
})

/** Unpacks to a hundred megabytes. */
const bomb = deflateSync(Buffer.alloc(100 << 20))

test.each([
  ['zTXt', withChunks(['zTXt', Buffer.concat([Buffer.from('x\0\0'), bomb])], ['IDAT', pixels])],
  ['iCCP', withChunks(['iCCP', Buffer.concat([Buffer.from('x\0\0'), bomb])], ['IDAT', pixels])],
])('what a %s chunk unpacks to is not looked at', async (_, png) => {
  const before = process.memoryUsage().rss
  expect((await decode(png)).pixels).toHaveLength(64)
  expect(process.memoryUsage().rss - before).toBeLessThan(48e6)
})

test('pixels that unpack to more than the header announces are not unpacked', async () => {
  let unpacked = 0
  const codec = {
    ...nodeCodec,
    async *inflate(packed: AsyncIterable<Uint8Array>) {
      for await (const piece of nodeCodec.inflate(packed)) {
        unpacked += piece.length
        yield piece
      }
    },
  }
  const decoding = decodeRows(pieces(withChunks(['IDAT', bomb])), codec, { row: () => true })
  await expect(decoding).rejects.toThrow('too many pixels')
  expect(unpacked).toBeLessThan(1 << 20)
})

test('a visitor that has enough gets no more rows, but damage further on is found', async () => {
  const png = greyPng(40, 40, (x, y) => x * y)
  let rows = 0
  const visitor = { row: () => ++rows < 3 }
  await decodeRows(pieces(png), nodeCodec, visitor)
  expect(rows).toBe(3)
  const damaged = Buffer.from(png)
  damaged[png.length - 20] = (damaged[png.length - 20] ?? 0) ^ 1
  await expect(decodeRows(pieces(damaged), nodeCodec, visitor)).rejects.toThrow('damaged')
})

test('the errors of the source and the visitor come through as they are, and the source ends', async () => {
  let ended = false
  async function* failing() {
    try {
      yield sound.subarray(0, 50)
      throw new RangeError('the disk is gone')
    } finally {
      ended = true
    }
  }
  await expect(decodeRows(failing(), nodeCodec, { row: () => true })).rejects.toThrow(RangeError)
  expect(ended).toBe(true)
  const refusing = {
    row() {
      throw new TypeError('no')
    },
  }
  await expect(decodeRows(pieces(sound), nodeCodec, refusing)).rejects.toThrow(TypeError)
})
