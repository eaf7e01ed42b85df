import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImageFault } from '../../lib/images/image-fault'
import { faultFlag, imageFlags, maskFlags } from '../../lib/measure/flags'
import { measureImage, measureMask, readSize } from '../../lib/measure/measure-picture.node.ts'
import { greyPng, makePng } from '../images/png'

/** Flags of a mask that is drawn with letters: "#" is set. */
async function flagsOf(drawing: readonly string[], image?: { width: number; height: number }) {
  const [first = ''] = drawing
  const png = greyPng(first.length, drawing.length, (x, y) => (drawing[y]?.[x] === '#' ? 255 : 0))
  const mask = await measureMask(png, 'masks/test.png')
  return maskFlags(mask, image ?? mask).map(({ flag }) => flag)
}

test.each([
  ['nothing set', ['....', '....'], ['empty']],
  ['all set', ['####', '####'], ['full_frame']],
  ['one pixel that is all', ['#'], ['full_frame']],
  ['a blob', ['....', '.##.', '....'], []],
  ['an island that is not set', ['#####', '##.##', '#####'], ['inverted_looking']],
  [
    'a border alone, less than half',
    ['######', '#....#', '#....#', '#....#', '######'],
    ['inverted_looking'],
  ],
  ['a thin border', ['########', ...Array(6).fill('#......#'), '########'], []],
  ['exactly half', ['######', '#.....', '#.....', '######'], []],
  ['a corner that is not set', ['#####', '#####', '####.'], []],
  ['a border with a gap', ['#####', '....#', '#####'], []],
])('%s', async (_, drawing, flags) => {
  expect(await flagsOf(drawing)).toEqual(flags)
})

test('a mask of another size is flagged with both sizes, and with what else it is', async () => {
  const mask = await measureMask(
    greyPng(3, 2, () => 0),
    'test',
  )
  expect(maskFlags(mask, { width: 2, height: 3 })).toEqual([
    { flag: 'wrong_size', detail: '3 × 2 px, but the image is 2 × 3 px' },
    { flag: 'empty', detail: null },
  ])
  // Nothing is known of its image.
  expect(maskFlags(mask, null).map(({ flag }) => flag)).toEqual(['empty'])
})

test('any value but 0 sets a pixel, whatever the kind of picture', async () => {
  const areaOf = async (png: Buffer) => (await measureMask(png, 'test')).area
  expect(await areaOf(greyPng(4, 1, x => x))).toBe(3)
  const rgb = Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 1, 0)
  expect(await areaOf(makePng({ width: 3, height: 1, colorType: 2, data: rgb }))).toBe(2)
  // Transparency is no colour.
  const greyAlpha = Uint8Array.of(0, 255, 1, 0)
  expect(await areaOf(makePng({ width: 2, height: 1, colorType: 4, data: greyAlpha }))).toBe(1)
  // The lower eight bits of sixteen.
  const deep = Uint8Array.of(0, 0, 0, 1, 1, 0)
  expect(await areaOf(makePng({ width: 3, height: 1, bitDepth: 16, data: deep }))).toBe(2)
  const bits = makePng({ width: 8, height: 1, bitDepth: 1, data: Buffer.of(0b1010_0001) })
  expect(await areaOf(bits)).toBe(3)
  // The second colour of the palette is black, too.
  const palette = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 9, 0],
  ] as const
  const indexed = makePng({ width: 3, height: 1, colorType: 3, data: Buffer.of(0, 1, 2), palette })
  expect(await areaOf(indexed)).toBe(1)
})

test.each([
  ['one value', (_x: number) => 7, ['constant']],
  ['two values', (x: number) => (x % 2) * 200, ['binary_looking']],
  ['three values', (x: number) => x % 3, []],
])('an image of %s', async (_, valueAt, flags) => {
  const image = await measureImage(greyPng(9, 4, valueAt), 'test')
  expect(imageFlags(image).map(({ flag }) => flag)).toEqual(flags)
})

test('colours are told apart by all their bits, and read of palettes', async () => {
  const colors = async (png: Buffer) => (await measureImage(png, 'test')).colors
  const rgb = (...data: number[]) =>
    makePng({ width: data.length / 3, height: 1, colorType: 2, data: Uint8Array.from(data) })
  expect(await colors(rgb(1, 2, 3, 1, 2, 4))).toBe(2)
  expect(await colors(rgb(1, 2, 3, 3, 2, 1, 2, 3, 1, 9, 9, 9))).toBe(3)
  const deep = makePng({ width: 2, height: 1, bitDepth: 16, data: Uint8Array.of(5, 0, 5, 1) })
  expect(await colors(deep)).toBe(2)
  const palette = [
    [1, 1, 1],
    [1, 1, 1],
    [2, 2, 2],
  ] as const
  const indexed = (...data: number[]) =>
    makePng({ width: data.length, height: 1, colorType: 3, data: Buffer.from(data), palette })
  expect(await colors(indexed(0, 1))).toBe(1)
  expect(await colors(indexed(0, 2, 1))).toBe(2)
})

test('area, box and border are those of a count pixel by pixel', async () => {
  const sides = { width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 12 }) }
  await fc.assert(
    fc.asyncProperty(
      fc.record({ ...sides, share: fc.constantFrom(0, 1, 3, 97, 100), seed: fc.nat() }),
      async ({ width, height, share, seed }) => {
        const isSet = (x: number, y: number) =>
          (Math.imul(x * 7919 + y * 104729 + seed, 2654435761) >>> 8) % 100 < share
        const set = Array.from({ length: width * height }, (_, i) => ({
          x: i % width,
          y: Math.floor(i / width),
        })).filter(({ x, y }) => isSet(x, y))
        const mask = await measureMask(
          greyPng(width, height, (x, y) => (isSet(x, y) ? 9 : 0)),
          't',
        )
        const xs = set.map(({ x }) => x)
        const ys = set.map(({ y }) => y)
        expect(mask.area).toBe(set.length)
        expect(mask.box).toEqual(
          set.length === 0
            ? null
            : {
                x0: Math.min(...xs),
                y0: Math.min(...ys),
                x1: Math.max(...xs) + 1,
                y1: Math.max(...ys) + 1,
              },
        )
        const inner = set.filter(
          ({ x, y }) => x > 0 && y > 0 && x < width - 1 && y < height - 1,
        ).length
        const border = width * height - Math.max(0, width - 2) * Math.max(0, height - 2)
        expect(mask.fillsBorder).toBe(set.length - inner === border)
      },
    ),
    { numRuns: 150 },
  )
})

test('a side longer than a column can hold is refused', () => {
  const long = makePng({ width: 65_536, height: 1, bitDepth: 1, data: new Uint8Array(8192) })
  expect(() => readSize(long, 'images/long.png')).toThrow(
    'images/long.png: 65536 × 1 px; width and height can be at most 65535 px',
  )
})

test('a file that is not there is told from one that cannot be read', () => {
  expect(faultFlag(new ImageFault('missing', 'x: not there'))).toEqual({
    flag: 'missing',
    detail: null,
  })
  expect(faultFlag(new ImageFault('corrupt', 'x: cut off'))).toEqual({
    flag: 'unreadable',
    detail: 'x: cut off',
  })
})
