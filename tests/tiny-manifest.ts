import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FORMAT_VERSION, MANIFEST_FILE, type Manifest } from '../lib/manifest/manifest'
import { TABLE_NAMES } from '../lib/manifest/tables'
import { formatManifest } from '../lib/store/checksum.node.ts'

/** A folder that is a manifest by its names, sizes and hashes; its files hold text, not Parquet. */
export interface TinyManifest {
  readonly dir: string
  readonly manifest: Manifest
  /** Text of each listed file. */
  content(table: string): string
  dispose(): Promise<void>
}

export async function tinyManifest(): Promise<TinyManifest> {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  const content = (table: string) => `${table} `.repeat(100)
  const files: Manifest['files'] = {}
  for (const table of TABLE_NAMES) {
    const text = content(table)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const file = `${table}-${sha256.slice(0, 16)}.parquet`
    files[table] = [{ file, rows: 1, bytes: text.length, sha256 }]
    await writeFile(join(dir, file), text)
  }
  const manifest: Manifest = {
    format: 'samed2d-manifest',
    version: FORMAT_VERSION,
    id: '0'.repeat(64),
    name: 'tiny',
    simulated: true,
    source: 'a test',
    created: '2026-01-01T00:00:00.000Z',
    createdBy: 'a test',
    rejects: { bad_name: 2 },
    files,
    summary: {
      totals: {
        images: 3,
        masks: 5,
        datasets: 1,
        labels: 1,
        organs: 1,
        cases: 1,
        patients: 1,
        bytes: 0,
        sizedImages: 0,
      },
      facets: {},
      areas: [],
      sizes: [],
    },
  }
  await writeFile(join(dir, MANIFEST_FILE), formatManifest(manifest))
  return { dir, manifest, content, dispose: () => rm(dir, { recursive: true }) }
}
