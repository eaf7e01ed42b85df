import { mkdir, rename, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDirectoryStore } from '../../lib/images/directory-store.node.ts'
import { drawnSize, LARGE_WIDTH } from '../../lib/images/picture-widths'
import { shrinkMask, shrinkRgb, wholeMask } from '../../lib/images/shrink.node.ts'
import { parsePngHeader } from '../../lib/png/png-header'
import { encodePng } from '../png/encode-png'
import { pixelsOf } from './decode-png'
import { IMAGE, LIVER, pictures, SPLEEN, SPLEEN_1 } from './picture-release'
import { greyPng, makePng } from './png'

const large = (png: Uint8Array) => ({
  ...parsePngHeader(png),
  path: 'x.png',
  async *pieces() {
    yield png
  },
})

const sized = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 30 }),
  toWidth: fc.integer({ min: 1, max: 40 }),
  toHeight: fc.integer({ min: 1, max: 30 }),
  interlaced: fc.boolean(),
  colorType: fc.constantFrom(0, 2, 4, 6),
  seed: fc.nat(),
})

test('each pixel of a shrunk picture is the mean of those that fall into it, black where transparent', async () => {
  await fc.assert(
    fc.asyncProperty(sized, async ({ width, height, interlaced, colorType, seed, ...to }) => {
      const [toWidth, toHeight] = [Math.min(to.toWidth, width), Math.min(to.toHeight, height)]
      const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colorType] ?? 1
      const at = (x: number, y: number, c: number) =>
        (Math.imul(x * 7919 + y * 104_729 + c * 31 + seed, 2_654_435_761) >>> 8) % 256
      const samples = Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) =>
          Array.from({ length: channels }, (_, c) => at(x, y, c)),
        ),
      )
      const png = large(encodePng({ bitDepth: 8, colorType, samples, interlaced }))
      const sums = Array.from({ length: toWidth * toHeight }, () => ({
        n: 0,
        rgb: [0, 0, 0],
        set: 0,
      }))
      for (const [y, row] of samples.entries())
        for (const [x, pixel] of row.entries()) {
          const cell =
            sums[Math.floor((y * toHeight) / height) * toWidth + Math.floor((x * toWidth) / width)]
          if (!cell) throw new Error('outside')
          const hasAlpha = colorType >= 4
          const alpha = hasAlpha ? (pixel.at(-1) ?? 0) / 255 : 1
          const [red = 0, green = red, blue = red] = hasAlpha ? pixel.slice(0, -1) : pixel
          for (const [c, value] of [red, green, blue].entries())
            cell.rgb[c] = (cell.rgb[c] ?? 0) + Math.round(value * alpha)
          cell.set += red + green + blue > 0 ? 1 : 0
          cell.n++
        }
      const rgb = sums.flatMap(({ n, rgb }) => rgb.map(sum => Math.round(sum / n)))
      expect([...(await shrinkRgb(png, toWidth, toHeight))]).toEqual(rgb)
      const covered = sums.map(({ n, set }) => Math.round((255 * set) / n))
      expect([...(await shrinkMask(png, toWidth, toHeight))]).toEqual(covered)
      const whole = samples.flat().map(pixel => {
        const colors = colorType === 0 || colorType === 4 ? 1 : 3
        return pixel.slice(0, colors).some(value => value > 0) ? 1 : 0
      })
      expect([...(await wholeMask(png))]).toEqual(whole)
    }),
    { numRuns: 60 },
  )
})

test('sizes of drawings', () => {
  expect(drawnSize({ width: 100, height: 50 }, 'full')).toEqual({ width: 100, height: 50 })
  expect(drawnSize({ width: 100, height: 50 }, 256)).toEqual({ width: 100, height: 50 })
  expect(drawnSize({ width: 6748, height: 4499 }, 256)).toEqual({ width: 256, height: 171 })
  expect(drawnSize({ width: 6748, height: 4499 }, 'full')).toEqual({
    width: LARGE_WIDTH,
    height: 683,
  })
  // Narrow and tall: at its own width it would have too many pixels.
  const { width, height } = drawnSize({ width: 700, height: 65_535 }, 1024)
  expect(width * height).toBeLessThan(25.1e6)
})

/** As large as a picture of ISIC: left black, right white; its mask is the upper half. */
const [WIDTH, HEIGHT] = [6748, 4499]
const halves = (isSet: (x: number, y: number) => boolean) => {
  const data = new Uint8Array(WIDTH * HEIGHT)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) if (isSet(x, y)) data[y * WIDTH + x] = 255
  return makePng({ width: WIDTH, height: HEIGHT, data })
}

test('the gallery shows a picture of 30 million pixels with its mask', async () => {
  const none = greyPng(1, 1)
  const { get } = await pictures({
    [IMAGE]: halves(x => x >= WIDTH / 2),
    [LIVER]: halves((_, y) => y < HEIGHT / 2),
    [SPLEEN]: none,
    [SPLEEN_1]: none,
  })
  const plain = await pixelsOf((await get('0?w=256&masks=none')).body)
  expect([plain.width, plain.height]).toEqual([256, 171])
  expect([plain.at(10, 80), plain.at(245, 80)]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ])
  const drawn = await pixelsOf((await get('0?w=256&masks=liver')).body)
  expect(drawn.at(10, 10)).not.toEqual([0, 0, 0])
  expect(drawn.at(10, 160)).toEqual([0, 0, 0])
  const full = await pixelsOf((await get('0?w=full&masks=none')).body)
  expect([full.width, full.height]).toEqual([1024, 683])
})

test('a file too large for memory is read in pieces', async () => {
  const made = await pictures({ [IMAGE]: greyPng(8, 8, x => x * 30) })
  // A hole takes no room on the disk.
  await truncate(join(made.release.dir, IMAGE), 2 ** 27)
  const { at, width } = await pixelsOf((await made.get('0?w=full&masks=none')).body)
  expect([width, at(0, 0), at(7, 0)]).toEqual([8, [0, 0, 0], [210, 210, 210]])
})

test('masks/ that is a link to another disk is shown', async () => {
  const sound = greyPng(8, 8)
  const made = await pictures({ [IMAGE]: sound, [LIVER]: sound })
  const disk = join(made.release.dir, '..', 'disk2')
  await mkdir(disk)
  await rename(join(made.release.dir, 'masks'), join(disk, 'masks'))
  await symlink(join(disk, 'masks'), join(made.release.dir, 'masks'))
  // Roots are found when a store is opened.
  expect((await made.get('0/masks/0001_000.png')).status).toBe(403)
  const store = await openDirectoryStore(made.release.dir)
  const row = await made.service.info(0)
  const [bytes] = await store.read([{ row, mask: row.masks[0] ?? null }])
  expect(Buffer.from(bytes ?? []).equals(sound)).toBe(true)
})
