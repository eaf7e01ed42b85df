import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { allFiles } from '../../lib/manifest/files-of'
import { MANIFEST_FILE, type Manifest, parseManifest } from '../../lib/manifest/manifest'
import type { TableName } from '../../lib/manifest/tables'
import { quoted } from '../../lib/sql'
import { formatManifest } from '../../lib/store/checksum.node.ts'
import { parquetSql } from '../../lib/store/parquet-sql.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { answerManifestFile } from '../../lib/store/serve-file.node.ts'
import { contentId, writeManifest } from '../../lib/store/write-manifest.node.ts'
import { verifyAll } from '../../lib/verify/verify.node.ts'
import { tinyStaging } from '../tiny-staging'

const WRITE = { name: 'tiny', source: 'a test', simulated: true } as const

/** A manifest of ours, written again as another program might: two files a table, its own names. */
async function foreign() {
  const { staging, out } = await tinyStaging()
  onTestFinished(() => staging.dispose())
  const manifest = await writeManifest(staging, { out, ...WRITE })
  // A folder name that looks like a column of a partitioned table.
  const dir = join(out, '..', 'dataset_id=3')
  await mkdir(dir)
  const engine = await openNodeEngine()
  onTestFinished(() => engine.close())
  const files: Manifest['files'] = {}
  for (const table of Object.keys(manifest.files) as TableName[]) {
    const from = `(SELECT *, row_number() OVER () AS n FROM ${parquetSql({ dir: out, manifest }, table)})`
    const list: Manifest['files'][string][number][] = []
    for (const [i, where] of ['n <= 2', 'n > 2'].entries()) {
      const file = `part-0000${i}-${table}.c000.snappy.parquet`
      const path = join(dir, file)
      await engine.run(
        `COPY (SELECT * EXCLUDE (n) FROM ${from} WHERE ${where} ORDER BY n) TO ${quoted(path)} (FORMAT parquet)`,
      )
      const [row] = await engine.rows<{ n: number }>({
        text: `SELECT count(*)::DOUBLE AS n FROM ${quoted(path)}`,
        params: [],
      })
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
      list.push({ file, rows: row?.n ?? 0, bytes: (await stat(path)).size, sha256 })
    }
    files[table] = list
  }
  const written = { ...manifest, files, id: contentId(files), createdBy: 'another program' }
  await writeFile(join(dir, MANIFEST_FILE), formatManifest(written))
  return { dir, manifest: written, staging }
}

test('a manifest of another program keeps every rule, and is served without being cached for good', async () => {
  const { dir, manifest } = await foreign()
  const { findings, warnings } = await verifyAll(dir, { sample: null })
  expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
  expect(warnings).toEqual([])
  const [{ file } = { file: '' }] = allFiles(manifest)
  const { status, headers } = answerManifestFile(await readManifest(dir), file, new Headers())
  expect(status).toBe(200)
  expect(headers['Cache-Control']).toBe('no-cache')
})

test('writing over it takes its files away, and no others', async () => {
  const { dir } = await foreign()
  const { staging } = await tinyStaging()
  onTestFinished(() => staging.dispose())
  const manifest = await writeManifest(staging, { out: dir, ...WRITE })
  expect((await readdir(dir)).sort()).toEqual(
    [MANIFEST_FILE, ...allFiles(manifest).map(({ file }) => file)].sort(),
  )
})

test.each([
  '../images.parquet',
  'a/b.parquet',
  '.hidden.parquet',
  '-rf.parquet',
  'a b.parquet',
  "a'b.parquet",
  '*.parquet',
  '%2e%2e.parquet',
  'images.csv',
  'é.parquet',
  `${'a'.repeat(300)}.parquet`,
])('a file called %s is refused', async name => {
  const { manifest } = await foreignText(name)
  expect(() => parseManifest(manifest, 'here')).toThrow(/here: files\.images\.0\.file/)
})

test('the same file in two tables is refused', async () => {
  const { manifest } = await foreignText('masks.parquet')
  expect(() => parseManifest(manifest, 'here')).toThrow(/here: lists masks\.parquet twice/)
})

async function foreignText(images: string) {
  const { staging, out } = await tinyStaging()
  onTestFinished(() => staging.dispose())
  const manifest = await writeManifest(staging, { out, ...WRITE })
  const files = { ...manifest.files }
  const named = (table: string, file: string) =>
    (files[table] ?? []).map(each => ({ ...each, file }))
  Object.assign(files, { images: named('images', images), masks: named('masks', 'masks.parquet') })
  return { manifest: formatManifest({ ...manifest, files }) }
}
