import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { ManifestFile } from '../manifest/manifest'
import { type TableName, tableOf } from '../manifest/tables'
import { retryLocked } from '../retry-locked.node.ts'
import { quoted } from '../sql'
import { PARTITIONED, type Partition } from './partitions.node.ts'

/** Small enough to skip to what a filter needs, large enough to compress. */
const ROW_GROUP_ROWS = 122_880

/**
 * One table of the engine → Parquet files in `dir`, named by their content: one file, or one for
 * each partition that has rows.
 *
 * @param partitions None to write one file. Tables of few rows are one file in any case.
 * @returns What manifest.json says of the files, at least one.
 */
export async function writeParquet(
  engine: NodeEngine,
  table: TableName,
  dir: string,
  partitions: readonly Partition[] = [],
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  for (const { modality, dataset, first, last } of PARTITIONED.has(table) ? partitions : []) {
    const from = `${table} WHERE image_id BETWEEN ${first} AND ${last}`
    const rows = await countRows(engine, from)
    if (rows === 0) continue
    const file = await writeFile(engine, table, from, dir)
    files.push({ ...file, rows, partition: { modality, dataset } })
  }
  if (files.length > 0) return files
  const file = await writeFile(engine, table, table, dir)
  return [{ ...file, rows: await countRows(engine, table) }]
}

async function countRows(engine: NodeEngine, from: string): Promise<number> {
  const text = `SELECT count(*)::DOUBLE AS n FROM ${from}`
  const [count] = await engine.rows<{ n: number }>({ text, params: [] })
  return count?.n ?? 0
}

async function writeFile(
  engine: NodeEngine,
  table: TableName,
  from: string,
  dir: string,
): Promise<Omit<ManifestFile, 'rows'>> {
  const columns = Object.keys(tableOf(table).columns)
    .map(column => `"${column}"`)
    .join(', ')
  const path = join(dir, `${table}.parquet`)
  await engine.run(
    `COPY (SELECT ${columns} FROM ${from}) TO ${quoted(path)}
     (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION v2,
      ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
  )
  const sha256 = await sha256Of(path)
  const file = `${table}-${sha256.slice(0, 16)}.parquet`
  await retryLocked(() => rename(path, join(dir, file)))
  const { size } = await stat(join(dir, file))
  return { file, bytes: size, sha256 }
}

/** Hex SHA-256 of a file, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
