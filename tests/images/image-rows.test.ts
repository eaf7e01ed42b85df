import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maskKey, pathOf } from '../../lib/images/image-row'
import { type ImageRows, openImageRows } from '../../lib/images/image-rows.node.ts'
import { openPhantomStore } from '../../lib/images/phantom-store.node.ts'
import { writeReference } from '../../lib/reference/generate.node.ts'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../../lib/release/name-sql'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'

let root: string
let rows: ImageRows
let opened: OpenManifest
let images: number
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-rows-'))
  await writeReference({ out: root, scale: 0.001 })
  opened = await openManifest(root)
  rows = await openImageRows(await readManifest(root))
  images = opened.manifest.summary.totals.images
})
afterAll(async () => {
  rows.close()
  opened.engine.close()
  await rm(root, { recursive: true })
})

const NAMED = `images JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
  JOIN axes USING (axis_id)`

test('rows, names and boxes are those of a query, at the edges of what is read together too', async () => {
  const ids = [0, 1, 126, 127, 128, 129, 2000, images - 1]
  const found = await Promise.all(ids.map(id => rows.find(id, true)))
  const wanted = await opened.engine.rows<{ name: string; width: number; masks: number }>({
    text: `SELECT ${IMAGE_NAME_SQL} AS name, width::DOUBLE AS width, n_masks::DOUBLE AS masks
      FROM ${NAMED} WHERE image_id IN (${ids}) ORDER BY image_id`,
    params: [],
  })
  expect(
    found.map(row => ({
      name: row && pathOf({ row, mask: null }),
      width: row?.width,
      masks: row?.masks.length,
    })),
  ).toEqual(wanted)
  const masks = await opened.engine.rows({
    text: `SELECT ${MASK_NAME_SQL} AS name, area, x0, y1 FROM masks m
      JOIN mask_boxes USING (image_id, label_id, instance)
      JOIN class_ids c ON c.dataset_id = m.dataset_id AND c.label_id = m.label_id
      JOIN (SELECT image_id, case_name, slice, submodality, dataset, axis FROM ${NAMED})
        USING (image_id)
      WHERE image_id IN (${ids}) ORDER BY image_id, m.label_id, instance`,
    params: [],
  })
  expect(
    found.flatMap(row =>
      (row?.masks ?? []).map(mask => ({
        name: row && pathOf({ row, mask }),
        area: mask.area,
        x0: mask.box?.x0,
        y1: mask.box?.y1,
      })),
    ),
  ).toEqual(masks)
})

test('without boxes the rest is the same', async () => {
  const boxed = await rows.find(300, true)
  const plain = await rows.find(300, false)
  expect(plain).toEqual({ ...boxed, masks: boxed?.masks.map(mask => ({ ...mask, box: null })) })
})

test('an id that the manifest lacks is null', async () => {
  expect(await rows.find(images, false)).toBeNull()
  expect(await rows.find(Number.NaN, false)).toBeNull()
})

test('phantoms of the reference manifest have the boxes and areas of its rows', async () => {
  const store = openPhantomStore()
  for (let i = 0; i < 40; i++) {
    const row = await rows.find(Math.floor((i * images) / 40), true)
    if (!row) throw new Error('no row')
    const files = row.masks.map(mask => ({ row, mask }))
    for (const [j, png] of (await store.read(files)).entries()) {
      const { data, info } = await sharp(png)
        .extractChannel(0)
        .raw()
        .toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([row.width, row.height])
      const mask = row.masks[j]
      expect(data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)).toBe(mask?.area)
      const first = data.findIndex(value => value > 0)
      const last = data.findLastIndex(value => value > 0)
      const rowsOf = [Math.floor(first / info.width), Math.floor(last / info.width) + 1]
      expect(rowsOf, mask && maskKey(mask)).toEqual([mask?.box?.y0, mask?.box?.y1])
    }
  }
})
