import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { quoted, sql } from '../sql'
import type { ManifestFile } from './manifest'
import { type TableName, tableOf } from './tables'

/** Small enough to skip to what a filter needs, large enough to compress. */
const ROW_GROUP_ROWS = 122_880

/**
 * One table of the engine → one Parquet file in `dir`, named by its content.
 *
 * @returns What manifest.json says of the file.
 */
export async function writeParquet(
  engine: NodeEngine,
  table: TableName,
  dir: string,
): Promise<ManifestFile> {
  const columns = Object.keys(tableOf(table).columns)
    .map(column => `"${column}"`)
    .join(', ')
  const path = join(dir, `${table}.parquet`)
  await engine.run(
    `COPY (SELECT ${columns} FROM ${table}) TO ${quoted(path)}
     (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION v2,
      ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
  )
  const [count] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM ${{ text: table, params: [] }}`,
  )
  const sha256 = await sha256Of(path)
  const file = `${table}-${sha256.slice(0, 16)}.parquet`
  await rename(path, join(dir, file))
  const { size } = await stat(join(dir, file))
  return { file, rows: count?.n ?? 0, bytes: size, sha256 }
}

/** Hex SHA-256 of a file, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
