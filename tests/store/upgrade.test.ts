import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeEngine, openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { UserError } from '../../lib/errors'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { filesOf } from '../../lib/manifest/files-of'
import type { Manifest } from '../../lib/manifest/manifest'
import { type TableName, tableOf } from '../../lib/manifest/tables'
import { measure } from '../../lib/measure/measure.node.ts'
import { quoted } from '../../lib/sql'
import { formatManifest } from '../../lib/store/checksum.node.ts'
import { sha256Of } from '../../lib/store/intact-files.node.ts'
import { parquetSql } from '../../lib/store/parquet-sql.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { upgradeManifest } from '../../lib/store/upgrade.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { indexText, listed, type ReleaseSpec } from '../fixtures/release'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { greyPng } from '../images/png'

const SPEC: ReleaseSpec = {
  index: [
    listed('ct_00--BTCV--same--z_0001', '0001_000'),
    listed('ct_00--BTCV--same--z_0002', '0001_000'),
    listed('mr_00--ACDC--patient001_frame01--z_0001', '0001_000', '0003_000'),
    listed('mr_00--ACDC--patient001_frame12--z_0001', '0001_000', '0001_001'),
    listed('x_ray--sz_cxr--1--2d_none'),
  ],
  classMap: {
    ACDC: { ventricle: '0001', cavity: '0003' },
    BTCV: { liver: '0001' },
    sz_cxr: { lung: '0001' },
  },
}

const pictureOf = (path: string): Uint8Array => {
  if (path.includes('0001_001')) return greyPng(5, 4, () => 0)
  if (path.startsWith('masks/')) return greyPng(5, 4, (x, y) => Number(x + y < 3) * 255)
  return greyPng(5, 4, (x, y) => (path.includes('same') ? x * y : x + y + path.length))
}

const pictures = SPEC.index.flatMap(([image, masks]) => [image, ...(masks as string[])])
const entries = [
  ...pictures.map(path => ({ name: `SAMed2Dv1/${path}`, data: pictureOf(path) })),
  { name: 'SAMed2Dv1/SAMed2D_v1.json', data: Buffer.from(indexText(SPEC.index)) },
  {
    name: 'SAMed2Dv1/SAMed2D_v1_class_mapping_id.json',
    data: Buffer.from(JSON.stringify(SPEC.classMap)),
  },
]

let root: string
let engine: NodeEngine
let location: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-upgrade-'))
  engine = await openNodeEngine()
  location = await writeParts(root, 'release', makeZip(entries))
})
afterAll(async () => {
  engine.close()
  await rm(root, { recursive: true })
})

/** Columns that format 4 has brought, and the types that it has changed. */
const NEW_COLUMNS = new Set(['cases patient_id', 'masks bytes'])
const OLD_TYPE: Readonly<Record<string, string>> = { 'locator offset': 'UBIGINT' }

/** Write a manifest of the newest format as format 3 had it, or formats before it. */
async function asOldFormat(dir: string, manifest: Manifest, version: 2 | 3): Promise<void> {
  const files: Record<string, unknown> = {}
  const { patients: _, ...tables } = manifest.files
  for (const name of Object.keys(tables) as TableName[]) {
    const columns = Object.entries(tableOf(name).columns)
      .filter(([column]) => !NEW_COLUMNS.has(`${name} ${column}`))
      .map(([column, { type, loadAs }]) => {
        const old =
          OLD_TYPE[`${name} ${column}`] ?? loadAs ?? (type === 'BIGINT' ? 'UBIGINT' : type)
        return `"${column}"::${old} AS "${column}"`
      })
    const path = join(dir, 'old.parquet')
    await engine.run(
      `COPY (SELECT ${columns.join(', ')} FROM ${parquetSql({ dir, manifest }, name)}) TO ${quoted(path)}`,
    )
    const sha256 = await sha256Of(path)
    const file = `${name}-${sha256.slice(0, 16)}.parquet`
    await writeFile(join(dir, file), await readFile(path))
    await rm(path)
    const { size: bytes } = await stat(join(dir, file))
    const entry = { file, rows: filesOf(manifest, name)[0]?.rows, bytes, sha256 }
    files[name] = version === 3 ? [entry] : entry
  }
  for (const { file } of Object.values(manifest.files).flat()) await rm(join(dir, file))
  const { patients: __, ...totals } = manifest.summary.totals
  const old = { ...manifest, version, files, summary: { ...manifest.summary, totals } }
  const text = version === 3 ? formatManifest(old) : JSON.stringify(old, null, 1)
  await writeFile(join(dir, 'manifest.json'), text)
}

async function measured(name: string): Promise<{ out: string; manifest: Manifest }> {
  const out = join(root, name)
  await ingestRelease(location, { out })
  await measure(await readManifest(out), location, { threads: 1 })
  return { out, manifest: (await readManifest(out)).manifest }
}

test.each([2, 3] as const)(
  'format %i comes back as it was, with all that was measured',
  async version => {
    const { out, manifest } = await measured(`format-${version}`)
    await asOldFormat(out, manifest, version)
    const refused = await readManifest(out).catch(error => error)
    expect(refused).toBeInstanceOf(UserError)
    expect(refused.message).toMatch(/npx samed2d upgrade --manifest \S+$/)

    const { from, changed } = await upgradeManifest(out)
    expect([from, changed]).toEqual([version, true])
    const after = (await readManifest(out)).manifest
    const { created: _, ...described } = after
    expect(described).toEqual({ ...manifest, created: undefined, files: after.files })
    expect(after.files).toEqual(manifest.files)
    const { findings } = await verifyManifest(out)
    expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
    expect((await readdir(out)).sort()).toEqual(
      [
        'manifest.json',
        ...Object.values(after.files).flatMap(files => files.map(({ file }) => file)),
      ].sort(),
    )
    expect(await upgradeManifest(out)).toMatchObject({ from: 4, changed: false })
  },
)

test('a damaged file is named, and the old manifest stays', async () => {
  const { out, manifest } = await measured('damaged')
  await asOldFormat(out, manifest, 3)
  const before = await readFile(join(out, 'manifest.json'), 'utf8')
  const masks = (await readdir(out)).find(name => name.startsWith('masks-'))!
  const bytes = await readFile(join(out, masks))
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(join(out, masks), bytes)
  await expect(upgradeManifest(out)).rejects.toThrow(masks)
  expect(await readFile(join(out, 'manifest.json'), 'utf8')).toBe(before)
})

test('what is no older manifest is refused', async () => {
  const { out, manifest } = await measured('newer')
  const path = join(out, 'manifest.json')
  await writeFile(path, JSON.stringify({ ...manifest, version: 5 }))
  await expect(upgradeManifest(out)).rejects.toThrow(/newer version: update samed2d/)
  await expect(readManifest(out)).rejects.toThrow(/newer version/)
  await writeFile(path, '{"format": "else"}')
  await expect(upgradeManifest(out)).rejects.toThrow(/not a samed2d manifest/)
  await writeFile(path, '{')
  await expect(upgradeManifest(out)).rejects.toThrow(/not valid JSON/)
})
