import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import type { TableName } from '../manifest/tables'
import { assertTables } from '../store/intact-files.node.ts'
import { parquetSql } from '../store/parquet-sql.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'

/**
 * Open some tables of a manifest for look-ups by image id. A look-up reads only the one or two row groups that
 * contain the id, which their statistics tell.
 *
 * @throws UserError that names a damaged file.
 */
export async function openRowEngine(
  folder: ManifestFolder,
  tables: readonly TableName[],
): Promise<NodeEngine> {
  await folder.fetchTables?.(tables)
  await assertTables(folder, tables)
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '500MB',
    // Look-ups are short: more threads cost more than they save.
    threads: '1',
  })
  // The footers of large tables are long, and files named by content never change.
  await engine.run('SET parquet_metadata_cache = true')
  for (const table of tables)
    await engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql(folder, table)}`)
  return engine
}
