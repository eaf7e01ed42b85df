import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import type { Manifest } from '../manifest/manifest'
import { OPTIONAL_TABLES, TABLE_NAMES, type TableName } from '../manifest/tables'
import { parquetSql } from './parquet-sql.node.ts'
import { processFolder } from './process-folder.node.ts'
import { type ManifestFolder, readManifest } from './read-manifest.node.ts'

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

/**
 * Open a manifest that was read; of one on another host the tables are fetched first.
 *
 * @param tables Those that are asked for; others have no view.
 */
export async function openFolder(
  folder: ManifestFolder,
  tables: readonly TableName[] = TABLE_NAMES.concat(OPTIONAL_TABLES),
): Promise<OpenManifest> {
  const { manifest, dir } = folder
  const listed = tables.filter(name => manifest.files[name])
  await folder.fetchTables?.(listed)
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '1500MB',
    temp_directory: await processFolder('spill'),
  })
  for (const table of listed)
    await engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql({ dir, manifest }, table)}`)
  return { engine, manifest, dir }
}
