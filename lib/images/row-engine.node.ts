import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import type { TableName } from '../manifest/tables'
import { parquetSql } from '../store/parquet-sql.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'

/**
 * Open some tables of a manifest for look-ups by image id: each reads the one or two row groups that
 * hold the id, for their statistics say which.
 */
export async function openRowEngine(
  folder: ManifestFolder,
  tables: readonly TableName[],
): Promise<NodeEngine> {
  await folder.fetchTables?.(tables)
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '500MB',
    // Look-ups are short: handing them to other threads costs more than it saves.
    threads: '1',
  })
  // Footers of millions of rows are long, and content-named files never change.
  await engine.run('SET parquet_metadata_cache = true')
  for (const table of tables)
    await engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql(folder, table)}`)
  return engine
}
