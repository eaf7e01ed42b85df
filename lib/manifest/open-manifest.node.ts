import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import type { Manifest } from './manifest'
import { parquetSql } from './parquet-sql.node.ts'
import { type ManifestFolder, readManifest } from './read-manifest.node.ts'
import { OPTIONAL_TABLES, TABLE_NAMES } from './tables'

export interface OpenManifest {
  /** Queries the manifest's tables by their names, straight from the Parquet files. */
  readonly engine: NodeEngine
  readonly manifest: Manifest
  /** Absolute path of the folder. */
  readonly dir: string
}

/**
 * Open a manifest for queries.
 *
 * @throws UserError as `readManifest`.
 */
export async function openManifest(
  folder: string,
  options: { verifyHashes?: boolean } = {},
): Promise<OpenManifest> {
  return openFolder(await readManifest(folder, options))
}

/** Open a manifest that was read. */
export async function openFolder({
  manifest,
  dir,
}: Pick<ManifestFolder, 'manifest' | 'dir'>): Promise<OpenManifest> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '1500MB',
    temp_directory: join(tmpdir(), `samed2d-spill-${process.pid}`),
  })
  const listed = OPTIONAL_TABLES.filter(name => manifest.files[name])
  for (const table of [...TABLE_NAMES, ...listed])
    await engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql({ dir, manifest }, table)}`)
  return { engine, manifest, dir }
}
