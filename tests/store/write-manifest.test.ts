import { readdir, readFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { allFiles } from '../../lib/manifest/files-of'
import { parseManifest } from '../../lib/manifest/manifest'
import { sql } from '../../lib/sql'
import { writeManifest } from '../../lib/store/write-manifest.node.ts'
import { tinyStaging } from '../tiny-staging'

const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const dispose of cleanUp.splice(0)) await dispose()
})

async function write() {
  const { staging, out } = await tinyStaging()
  cleanUp.push(staging.dispose)
  const manifest = await writeManifest(staging, {
    out,
    name: 'tiny',
    source: 'test',
    simulated: true,
  })
  return { manifest, out, engine: staging.engine }
}

test('a manifest describes its rows', async () => {
  const { manifest, out } = await write()
  expect(manifest.summary.totals).toEqual({
    images: 8,
    masks: 12,
    datasets: 4,
    labels: 6,
    organs: 4,
    cases: 5,
    patients: 5,
    bytes: 11710,
    sizedImages: 5,
  })
  const onDisk = parseManifest(await readFile(`${out}/manifest.json`, 'utf8'), out)
  expect(onDisk).toEqual(manifest)
  const names = allFiles(manifest).map(file => file.file)
  expect((await readdir(out)).sort()).toEqual([...names, 'manifest.json'].sort())
})

test('images with the same labels share a label set; no labels is set 0', async () => {
  const { engine } = await write()
  const rows = await engine.rows<{ n_masks: number; n_labels: number; label_set_id: number }>(
    sql`SELECT n_masks, n_labels, label_set_id FROM images ORDER BY image_id`,
  )
  expect(rows.map(row => row.n_masks)).toEqual([5, 1, 1, 1, 1, 1, 0, 2])
  expect(rows.map(row => row.n_labels)).toEqual([4, 1, 1, 1, 1, 1, 0, 1])
  expect(rows.map(row => row.label_set_id)).toEqual([1, 2, 3, 4, 4, 5, 0, 6])
  const sets = await engine.rows(sql`SELECT label_id FROM label_sets WHERE label_set_id = 1`)
  expect(sets).toEqual([{ label_id: 0 }, { label_id: 3 }, { label_id: 4 }, { label_id: 6 }])
})

test('the same rows give the same content hashes', async () => {
  const [first, second] = [await write(), await write()]
  expect(first.manifest.files).toEqual(second.manifest.files)
  expect(first.manifest.id).toBe(second.manifest.id)
})
