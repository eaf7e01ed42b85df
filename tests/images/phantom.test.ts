import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { sequence } from '../../lib/images/hash'
import type { ImageRow, MaskRow } from '../../lib/images/image-row'
import { maskSpans } from '../../lib/images/phantom/mask-spans'
import { openPhantomStore } from '../../lib/images/phantom-store.node.ts'
import { renderPicture } from '../../lib/images/render.node.ts'
import { MODALITIES } from '../../lib/release/submodalities'

const store = openPhantomStore()

const mask = (partial: Partial<MaskRow> = {}): MaskRow => ({
  labelId: 0,
  label: 'liver',
  region: 'Abdomen',
  isLesion: false,
  classId: '0001',
  instance: 0,
  area: null,
  box: null,
  ...partial,
})

const row = (partial: Partial<ImageRow> = {}): ImageRow => ({
  imageId: 7,
  modality: 'CT',
  submodality: 'ct_00',
  dataset: 'BTCV',
  caseName: 'img1',
  axis: 'z',
  slice: 4,
  width: 160,
  height: 120,
  masks: [],
  ...partial,
})

/** Size, bounding box and area of what is not 0 in a PNG. */
async function measured(png: Uint8Array) {
  const { data, info } = await sharp(png)
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const box = { x0: width, y0: height, x1: 0, y1: 0 }
  let area = 0
  data.forEach((value, i) => {
    if (value === 0) return
    const [x, y] = [i % width, Math.floor(i / width)]
    area++
    box.x0 = Math.min(box.x0, x)
    box.y0 = Math.min(box.y0, y)
    box.x1 = Math.max(box.x1, x + 1)
    box.y1 = Math.max(box.y1, y + 1)
  })
  return { width, height, area, box }
}

const boxes = fc
  .record({
    x0: fc.nat(40),
    y0: fc.nat(40),
    w: fc.integer({ min: 2, max: 80 }),
    h: fc.integer({ min: 2, max: 60 }),
    fill: fc.double({ min: 0, max: 1, noNaN: true }),
    seed: fc.nat(),
  })
  .map(({ x0, y0, w, h, fill, seed }) => {
    const area = 2 + Math.round(fill * (w * h - 2))
    return { box: { x0, y0, x1: x0 + w, y1: y0 + h }, area, seed }
  })

test('a shape has exactly the box and the area that are asked for', () => {
  fc.assert(
    fc.property(boxes, ({ box, area, seed }) => {
      const { starts, ends } = maskSpans(box, area, sequence(seed))
      const rows = [...starts.keys()].filter(i => (ends[i] ?? 0) > (starts[i] ?? 0))
      expect(Math.min(...rows)).toBe(0)
      expect(Math.max(...rows)).toBe(box.y1 - box.y0 - 1)
      expect(Math.min(...rows.map(i => starts[i] ?? 0))).toBe(box.x0)
      expect(Math.max(...rows.map(i => ends[i] ?? 0))).toBe(box.x1)
      expect(rows.reduce((sum, i) => sum + (ends[i] ?? 0) - (starts[i] ?? 0), 0)).toBe(area)
    }),
    { numRuns: 2000 },
  )
})

test('mask files agree with their rows', async () => {
  await fc.assert(
    fc.asyncProperty(boxes, async ({ box, area }) => {
      const of = mask({ box, area })
      const [png] = await store.read([{ row: row({ masks: [of] }), mask: of }])
      expect(await measured(png as Uint8Array)).toEqual({ width: 160, height: 120, box, area })
    }),
    { numRuns: 40 },
  )
})

test('a mask whose box is not known has its area, one of which nothing is known lies in the image', async () => {
  const [sized, unknown, empty, whole] = [
    mask({ area: 777 }),
    mask({ label: 'spleen' }),
    mask({ area: 0 }),
    mask({ area: 160 * 120 }),
  ]
  const files = [sized, unknown, empty, whole].map(of => ({ row: row(), mask: of }))
  const read = await Promise.all((await store.read(files)).map(measured))
  expect(read.map(({ area }) => area)).toEqual([777, expect.any(Number), 0, 160 * 120])
  expect(read[1]?.area).toBeGreaterThan(50)
})

const color = new Set(['Dermoscopy', 'Endoscopy', 'Fundus photography', 'Histopathology'])

test.each(MODALITIES)('%s: the same row gives the same picture, of its size', async modality => {
  const of = row({
    modality,
    masks: [mask({ area: 500, box: { x0: 60, y0: 40, x1: 90, y1: 70 } })],
  })
  const [first] = await store.read([{ row: of, mask: null }])
  const [second] = await store.read([{ row: of, mask: null }])
  expect(second).toEqual(first)
  const { width, height, channels } = await sharp(first).metadata()
  expect([width, height, channels]).toEqual([160, 120, color.has(modality) ? 3 : 1])
  const [other] = await store.read([{ row: { ...of, imageId: 8 }, mask: null }])
  expect(other).not.toEqual(first)
  const { channels: statistics } = await sharp(first).stats()
  // Something is to be seen.
  expect(Math.max(...statistics.map(({ stdev }) => stdev))).toBeGreaterThan(8)
})

test('every picture says that it is simulated', async () => {
  const [png] = await store.read([{ row: row({ modality: 'Ultrasound' }), mask: null }])
  const strip = await sharp(png)
    .extract({ left: 0, top: 108, width: 160, height: 12 })
    .raw()
    .toBuffer()
  // Letters are brighter than the ground below the fan.
  expect(strip.filter(value => value > 150).length).toBeGreaterThan(60)
})

test('a picture whose size is not known is drawn all the same', async () => {
  const [png] = await store.read([{ row: row({ width: null, height: null }), mask: null }])
  expect(await sharp(png).metadata()).toMatchObject({ width: 512, height: 512 })
})

test.each(['CT', 'Dermoscopy'])(
  '%s: what is painted at once equals the files, decoded',
  async modality => {
    const of = row({
      modality,
      masks: [mask({ area: 500, box: { x0: 60, y0: 40, x1: 90, y1: 70 } })],
    })
    const { paint: _, ...files } = store
    for (const masks of ['all', 'none'] as const) {
      const look = { width: 'full', masks, style: 'fill', opacity: 0.45, layer: 'all' } as const
      const painted = await renderPicture(store, of, look, 'png')
      const read = await renderPicture(files, of, look, 'png')
      expect(painted.equals(read)).toBe(true)
    }
  },
)
