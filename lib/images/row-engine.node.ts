import { join } from 'node:path'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { fileOf } from '../manifest/file-of'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import type { TableName } from '../manifest/tables'
import { quoted } from '../sql'

/**
 * Open some tables of a manifest for look-ups by image id: each reads the one or two row groups that
 * hold the id, for their statistics say which.
 */
export async function openRowEngine(
  { dir, manifest }: ManifestFolder,
  tables: readonly TableName[],
): Promise<NodeEngine> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '500MB',
    // Look-ups are short: handing them to other threads costs more than it saves.
    threads: '1',
  })
  // Footers of millions of rows are long, and content-named files never change.
  await engine.run('SET parquet_metadata_cache = true')
  for (const table of tables)
    await engine.run(
      `CREATE VIEW ${table} AS FROM read_parquet(${quoted(join(dir, fileOf(manifest, table).file))})`,
    )
  return engine
}
