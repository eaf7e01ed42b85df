import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { measure } from '../../cli/measure'
import { subset } from '../../cli/subset'
import type { FilePiece } from '../../lib/http/file-answer.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { encodeRle } from '../../lib/subset/rle'
import { SubsetService } from '../../lib/subset/subset-service.node.ts'
import { fakeEffects } from '../cli/fake-effects'
import type { ReleaseSpec } from '../fixtures/release'
import { describeSamples, RELEASE, ZIP } from '../fixtures/sample-release'
import { archiveOf, type Files, releaseWith } from '../measure/measured-release'
import { decodeRle } from './decode-rle'

test('runs are written as pycocotools writes them', () => {
  // rleToString of maskApi.c, worked out by hand: runs 6 1 40 4 1 2, the last three as differences.
  const mask = new Uint8Array(54)
  const runs = [6, 1, 40, 4, 1, 2]
  let at = 0
  for (const [i, run] of runs.entries()) for (let n = 0; n < run; n++) mask[at++] = i % 2
  // One column, so that rows are runs.
  expect(encodeRle(mask, 1, 54)).toEqual({ counts: '61X13iNN', area: 7, box: [0, 6, 1, 54] })
  expect(encodeRle(new Uint8Array(6), 2, 3)).toEqual({ counts: '6', area: 0, box: null })
  expect(encodeRle(new Uint8Array(6).fill(9), 2, 3).counts).toBe('06')
})

test('any mask comes back, with its area and box', () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.nat(1e6))
    .map(([width, height, seed]) => {
      let hash = seed + 1
      const density = seed % 5
      const data = Uint8Array.from({ length: width * height }, () => {
        hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + 1
        return (hash >>> 16) % 6 < density ? 255 : 0
      })
      return { width, height, data }
    })
  fc.assert(
    fc.property(masks, ({ width, height, data }) => {
      const { counts, area, box } = encodeRle(data, width, height)
      expect(decodeRle(counts, [height, width])).toEqual(data.map(value => (value ? 1 : 0)))
      expect({ area, box }).toEqual(extentOf(data, width))
    }),
  )
})

function extentOf(data: Uint8Array, width: number) {
  const set = [...data].flatMap((value, i) => (value === 0 ? [] : [i]))
  const [xs, ys] = [set.map(i => i % width), set.map(i => Math.floor(i / width))]
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
  return { area: set.length, box: set.length > 0 ? box : null }
}

interface Coco {
  images: { id: number; file_name: string; width: number; height: number }[]
  annotations: {
    image_id: number
    bbox: number[]
    area: number
    segmentation: { size: [number, number]; counts: string }
    mask_file: string
  }[]
}

async function cocoOf(manifest: string, images: string, out: string): Promise<Coco> {
  await subset({ manifest, images, format: 'coco', out }, fakeEffects())
  return JSON.parse(await readFile(out, 'utf8'))
}

/** Every annotation holds the pixels that another decoder finds in the mask's file. */
async function expectPixels({ annotations }: Coco, read: (path: string) => Promise<Buffer>) {
  for (const { bbox, area, segmentation, mask_file } of annotations) {
    const { data, info } = await sharp(await read(mask_file))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { counts, size } = segmentation
    expect(size, mask_file).toEqual([info.height, info.width])
    expect(decodeRle(counts, size), mask_file).toEqual(
      Uint8Array.from(data, value => (value ? 1 : 0)),
    )
    const extent = extentOf(data, info.width)
    const [x0, y0, x1, y1] = extent.box as [number, number, number, number]
    expect({ area, bbox }, mask_file).toEqual({
      area: extent.area,
      bbox: [x0, y0, x1 - x0, y1 - y0],
    })
  }
}

const png = (width: number, height: number, at: (x: number, y: number) => number) =>
  sharp(
    Buffer.from(
      Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
    ),
    { raw: { width, height, channels: 1 } },
  )
    .png()
    .toBuffer()

const IMAGE = 'images/ct_00--BTCV--a--x_0001.png'
const MASKS = ['0000_000', '0001_000', '0002_000'].map(
  end => `masks/ct_00--BTCV--a--x_0001--${end}.png`,
)
async function filesOf(): Promise<Files> {
  const [ring, corner, none] = MASKS as [string, string, string]
  return {
    [IMAGE]: await png(23, 17, x => x * 11),
    [ring]: await png(23, 17, (x, y) => (Math.abs(Math.hypot(x - 11, y - 8) - 6) < 1.5 ? 255 : 0)),
    [corner]: await png(23, 17, (x, y) => (x > 20 && y > 14 ? 1 : 0)),
    [none]: await png(23, 17, () => 0),
  }
}
const SPEC: ReleaseSpec = {
  index: [[IMAGE, MASKS]],
  classMap: { BTCV: { liver: '0000', spleen: '0001', kidney: '0002' } },
}

test('masks out of a folder and out of its ZIP are the same RLE; an empty one is no object', async () => {
  const files = await filesOf()
  const release = await releaseWith(SPEC, files)
  await measure({ manifest: release.out, images: release.dir, sizeOnly: true }, fakeEffects())
  // Sizes alone are measured: areas and boxes are seen in the pixels.
  const folder = await cocoOf(release.out, release.dir, join(release.out, '../folder.json'))
  expect(folder.annotations.map(one => one.mask_file)).toEqual(MASKS.slice(0, 2))
  await expectPixels(folder, async path => Buffer.from(files[path]!))
  const zip = await archiveOf(release, files)
  expect(await cocoOf(release.out, zip, join(release.out, '../zip.json'))).toEqual(folder)
})

test('the server writes the same file out of its own pictures', async () => {
  const files = await filesOf()
  const release = await releaseWith(SPEC, files)
  await measure({ manifest: release.out, images: release.dir, sizeOnly: true }, fakeEffects())
  const path = join(release.out, '../x.json')
  await cocoOf(release.out, release.dir, path)
  const folder = await readManifest(release.out)
  const answer = await new SubsetService(release.dir).answer(folder, 'coco', 'add=')
  expect(answer.status).toBe(200)
  expect(await readFile((answer.body as FilePiece).path, 'utf8')).toBe(await readFile(path, 'utf8'))
  const without = await new SubsetService('none').answer(folder, 'coco', 'add=')
  expect(JSON.parse(await readFile((without.body as FilePiece).path, 'utf8'))).toMatchObject({
    annotations: [],
  })
})

test('a damaged mask is named, and no file is left', async () => {
  const files = await filesOf()
  const release = await releaseWith(SPEC, {
    ...files,
    [MASKS[1] as string]: (await png(23, 17, x => x)).subarray(0, -20),
  })
  await measure({ manifest: release.out, images: release.dir, sizeOnly: true }, fakeEffects())
  const out = join(release.out, '../x.json')
  await expect(cocoOf(release.out, release.dir, out)).rejects.toThrow(
    /0001_000\.png: cut off; remove image 0 from the subset/,
  )
  await expect(readFile(out)).rejects.toThrow('ENOENT')
})

describeSamples(sample => {
  test('every mask of the sample release is its RLE, out of the folder and the split ZIP', async () => {
    await measure({ manifest: sample.out, images: RELEASE }, fakeEffects())
    const coco = await cocoOf(sample.out, RELEASE, join(sample.out, '../x.json'))
    expect(coco.annotations.length).toBeGreaterThan(10)
    await expectPixels(coco, path => readFile(join(RELEASE, path)))
    expect(await cocoOf(sample.out, ZIP, join(sample.out, '../zip.json'))).toEqual(coco)
  })
})
