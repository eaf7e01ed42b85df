import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import type { Manifest } from '../manifest/manifest'
import { OPTIONAL_TABLES, TABLE_NAMES, type TableName } from '../manifest/tables'
import { assertTables } from './intact-files.node.ts'
import { parquetSql } from './parquet-sql.node.ts'
import { processFolder } from './process-folder.node.ts'
import { type ManifestFolder, readManifest } from './read-manifest.node.ts'

export interface OpenManifest {
  /**
   * Queries the manifest's tables by name, directly from the Parquet files. The files of a table are checked before
   * the first statement that names the table. That statement fails with a UserError if a file is damaged.
   */
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
 * Open a manifest that was already read. If the manifest is on another host, the tables are downloaded first.
 *
 * @param tables Tables to open. Other tables cannot be queried.
 */
export async function openFolder(
  folder: ManifestFolder,
  tables: readonly TableName[] = TABLE_NAMES.concat(OPTIONAL_TABLES),
): Promise<OpenManifest> {
  const { manifest, dir } = folder
  const listed = tables.filter(name => manifest.files[name])
  await folder.fetchTables?.(listed)
  // Empty while the views are created, because creating a view reads only the Parquet footer.
  const unchecked = new Set<TableName>()
  const engine = await openNodeEngine(
    ':memory:',
    { memory_limit: '1500MB', temp_directory: await processFolder('spill') },
    text => checkNamed(text, folder, unchecked),
  )
  try {
    for (const table of listed) {
      const view = engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql(folder, table)}`)
      // If a file is damaged, this throws a message that says what to do; DuckDB's message does not.
      await view.catch(async error => {
        await assertTables(folder, [table])
        throw error
      })
    }
  } catch (error) {
    engine.close()
    throw error
  }
  for (const table of listed) unchecked.add(table)
  return { engine, manifest, dir }
}

/** Check the tables that a statement names. Any word equal to a table name triggers the check, which does no harm. */
async function checkNamed(text: string, folder: ManifestFolder, unchecked: Set<TableName>) {
  if (unchecked.size === 0) return
  for (const [word] of text.matchAll(/\w+/g)) {
    const table = word as TableName
    if (!unchecked.has(table)) continue
    await assertTables(folder, [table])
    unchecked.delete(table)
  }
}
