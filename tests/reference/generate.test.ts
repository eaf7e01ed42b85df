import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulate, writeReference } from '../../lib/reference/generate.node.ts'
import { REFERENCE_PLAN, scalePlan } from '../../lib/reference/plan'
import { openStaging, type Staging } from '../../lib/store/staging.node.ts'

const plan = scalePlan(REFERENCE_PLAN, 0.006)
let root: string
let staging: Staging

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  staging = await openStaging(join(root, 'first'))
  await simulate(plan, staging)
  await staging.engine.run(`
    CREATE VIEW named AS SELECT * FROM stage_images JOIN datasets USING (dataset_id)
      JOIN submodalities USING (submodality_id) JOIN stage_cases USING (case_id, dataset_id)`)
})

afterAll(async () => {
  await staging.dispose()
  await rm(root, { recursive: true, force: true })
})

const rows = <T extends object>(text: string, of = staging): Promise<T[]> =>
  of.engine.rows<T>({ text, params: [] })

const number = async (text: string): Promise<number> =>
  (await rows<{ n: number }>(`SELECT (${text})::DOUBLE AS n`))[0]!.n

test('images and masks per dataset and sub-modality are those of the plan', async () => {
  const found = await rows<{
    dataset: string
    submodality: string
    images: number
    masks: number
  }>(`
    SELECT dataset, submodality, count(DISTINCT image_id)::DOUBLE AS images,
      count(label_id)::DOUBLE AS masks
    FROM named LEFT JOIN stage_masks USING (image_id)
    GROUP BY ALL ORDER BY ALL`)
  // A dataset may have several parts of one sub-modality.
  const sums = new Map<string, { images: number; masks: number }>()
  for (const { dataset, parts } of plan)
    for (const [submodality, images, masks] of parts.flatMap(part => part.submodalities)) {
      const name = JSON.stringify([dataset, submodality])
      const sum = sums.get(name) ?? { images: 0, masks: 0 }
      sums.set(name, { images: sum.images + images, masks: sum.masks + masks })
    }
  const planned = [...sums].map(([name, { images, masks }]) => {
    const [dataset, submodality] = JSON.parse(name) as [string, string]
    return { dataset, submodality, images, masks }
  })
  const key = (row: { dataset: string; submodality: string }) => `${row.dataset} ${row.submodality}`
  planned.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  found.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  expect(found).toEqual(planned)
})

test('image ids are dense and in order of modality, dataset, case, axis, slice, sub-modality', async () => {
  expect(await number('SELECT count(*) FROM stage_images WHERE rowid <> image_id')).toBe(0)
  const order = '(modality, dataset, case_name, axis_id, coalesce(slice, 0), submodality)'
  expect(
    await number(`SELECT count(*) FROM (
      SELECT ${order} <= lag(${order}) OVER (ORDER BY image_id) AS wrong FROM named) WHERE wrong`),
  ).toBe(0)
})

test('masks are in order of image, label and instance, instances counted from 0', async () => {
  const order = '(image_id, label_id, instance)'
  expect(
    await number(`SELECT count(*) FROM (
      SELECT ${order} <= lag(${order}) OVER (ORDER BY rowid) AS wrong FROM stage_masks) WHERE wrong`),
  ).toBe(0)
  expect(
    await number(`SELECT count(*) FROM (
      SELECT max(instance) + 1 <> count(*) AS wrong FROM stage_masks GROUP BY image_id, label_id)
      WHERE wrong`),
  ).toBe(0)
})

test('dimension ids are dense and sorted as documented', async () => {
  for (const [table, id, order] of [
    ['datasets', 'dataset_id', 'dataset'],
    ['submodalities', 'submodality_id', 'modality, submodality'],
    ['labels', 'label_id', "label, coalesce(organ, '')"],
    ['stage_cases', 'case_id', 'dataset_id, case_name'],
  ]) {
    const wrong = await number(`SELECT count(*) FROM (
      SELECT ${id} <> row_number() OVER (ORDER BY ${order}, ${id}) - 1 AS wrong FROM ${table})
      WHERE wrong`)
    expect([table, wrong]).toEqual([table, 0])
  }
})

test('every case has images, every image masks, and labels are in the class map', async () => {
  expect(
    await number(
      `SELECT count(*) FROM stage_cases ANTI JOIN stage_images USING (case_id, dataset_id)`,
    ),
  ).toBe(0)
  expect(
    await number(`SELECT count(*) FROM stage_images ANTI JOIN stage_masks USING (image_id)`),
  ).toBe(0)
  expect(
    await number(`SELECT count(*) FROM stage_masks JOIN stage_images USING (image_id)
      ANTI JOIN class_ids USING (dataset_id, label_id)`),
  ).toBe(0)
})

test('boxes lie in their image and hold the area', async () => {
  expect(
    await number(`SELECT count(*) FROM stage_masks JOIN stage_images USING (image_id)
      WHERE NOT (x0 < x1 AND x1 <= width AND y0 < y1 AND y1 <= height AND area > 0
        AND area <= (x1 - x0)::INTEGER * (y1 - y0)::INTEGER)`),
  ).toBe(0)
})

test('no mask is smaller than the processing rule allows', async () => {
  const small = `SELECT count(*) FROM stage_masks JOIN stage_images USING (image_id)
    WHERE area * 65536::BIGINT < 100::BIGINT * width * height`
  expect(await number(small)).toBe(0)
})

test('no slice has a short side below half of its long one', async () => {
  expect(
    await number(`SELECT count(*) FROM stage_images
      WHERE slice IS NOT NULL AND 2 * least(width, height) < greatest(width, height)`),
  ).toBe(0)
})

test('most slices are axial, along x', async () => {
  const [share] = await rows<{ x: number; others: number }>(`
    SELECT avg((axis_id = 0)::INTEGER) AS x, avg((axis_id IN (1, 2))::INTEGER) AS others
    FROM stage_images WHERE slice IS NOT NULL`)
  expect(share!.x).toBeGreaterThan(0.6)
  expect(share!.others).toBeGreaterThan(0.1)
})

test('slices and masks have the sizes in bytes that were seen in the release', async () => {
  const [bytes] = await rows<{ usual: number; least: number; most: number }>(`
    SELECT avg((bytes BETWEEN 50000 AND 310000)::INTEGER) AS usual, min(bytes)::INTEGER AS least,
      max(bytes)::INTEGER AS most
    FROM stage_images WHERE slice IS NOT NULL`)
  expect(bytes!.usual).toBeGreaterThan(0.7)
  expect(bytes!.least).toBeGreaterThan(5_000)
  expect(bytes!.most).toBeLessThan(310_000)
  expect(
    await number(
      'SELECT count(*) FROM stage_masks WHERE bytes IS NULL OR bytes NOT BETWEEN 500 AND 2400',
    ),
  ).toBe(0)
})

test('cases of QUBIQ2020 show the organ that their name says', async () => {
  const wrong = await number(`SELECT count(*) FROM named JOIN stage_masks USING (image_id)
    JOIN labels USING (label_id) WHERE dataset = 'QUBIQ2020'
      AND (case_name LIKE '%kidney%') <> (label = 'kidney')`)
  expect(wrong).toBe(0)
  expect(await number(`SELECT count(*) FROM named WHERE dataset = 'QUBIQ2020'`)).toBe(6)
})

test('slices of a case along an axis share their size; sub-modalities show the same labels', async () => {
  expect(
    await number(`SELECT count(*) FROM (SELECT 1 FROM named
      GROUP BY modality, case_id, axis_id HAVING count(DISTINCT (width, height)) > 1)`),
  ).toBe(0)
  await staging.engine.run(`CREATE TABLE sets AS
    SELECT image_id, list(DISTINCT label_id ORDER BY label_id) AS labels
    FROM stage_masks GROUP BY image_id`)
  expect(
    await number(`SELECT count(*) FROM (SELECT 1 FROM named JOIN sets USING (image_id)
      GROUP BY modality, case_id, axis_id, slice HAVING count(DISTINCT labels) > 1)`),
  ).toBe(0)
})

test('neighbouring slices share labels', async () => {
  const [shared] = await rows<{ some: number; all: number }>(`
    WITH pairs AS (
      SELECT labels, lag(labels) OVER (
        PARTITION BY dataset_id, submodality_id, case_id, axis_id ORDER BY slice) AS before
      FROM stage_images JOIN sets USING (image_id) WHERE slice IS NOT NULL)
    SELECT avg(list_has_any(labels, before)::INTEGER) AS some, avg((labels = before)::INTEGER) AS all
    FROM pairs WHERE before IS NOT NULL`)
  expect(shared!.some).toBeGreaterThan(0.95)
  expect(shared!.all).toBeGreaterThan(0.6)
})

test('two runs give the same rows', async () => {
  const again = await openStaging(join(root, 'second'))
  try {
    await simulate(plan, again)
    for (const table of ['labels', 'stage_cases', 'class_ids', 'stage_images', 'stage_masks']) {
      const checksum = `SELECT sum(hash(rowid, ${table}))::VARCHAR AS sum FROM ${table}`
      expect(await rows(checksum, again)).toEqual(await rows(checksum))
    }
  } finally {
    await again.dispose()
  }
})

test('writes a simulated manifest', async () => {
  const manifest = await writeReference({ out: join(root, 'manifest'), scale: 0.001 })
  const { totals } = manifest.summary
  expect(manifest.simulated).toBe(true)
  expect(totals.datasets).toBe(140)
  expect(totals.images).toBeGreaterThan(4500)
  expect(totals.sizedImages).toBe(totals.images)
  expect(manifest.rejects).toEqual({})
})
