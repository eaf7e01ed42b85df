import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { formatBytes } from '../format'
import type { ManifestFile } from '../manifest/manifest'
import { type TableName, tableOf } from '../manifest/tables'
import { retryLocked } from '../retry-locked.node.ts'
import { quoted } from '../sql'
import { sha256Of } from './intact-files.node.ts'
import { PARTITIONED, type Partition } from './partitions.node.ts'

/** Small enough for filters to skip row groups, large enough to compress well. */
const ROW_GROUP_ROWS = 122_880

/** Some static file hosts reject larger files. */
export const MAX_FILE_BYTES = 20e6

/** Target file size, below the limit, because later rows may compress less well than the rows before. */
const AIM_BYTES = 16e6

/** Rows of the first file of a table. The size of this file determines the number of rows of the next file. */
const FIRST_ROWS = 8 * ROW_GROUP_ROWS

/**
 * Write a table of the engine to Parquet files in `dir`, in row order. File names contain a hash of the content. A file
 * has at most `maxBytes`, and rows of one partition only. Partitions without rows get no file.
 *
 * @param partitions Empty to divide the table by size only. Small tables are always divided by size only.
 * @param maxBytes Maximum file size. Tests lower it, because they have few rows.
 * @returns Entries of manifest.json for the files; at least one.
 */
export async function writeParquet(
  engine: NodeEngine,
  table: TableName,
  dir: string,
  partitions: readonly Partition[] = [],
  maxBytes = MAX_FILE_BYTES,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  for (const { modality, dataset, first, last } of PARTITIONED.has(table) ? partitions : []) {
    const range = await rowRange(engine, table, `image_id BETWEEN ${first} AND ${last}`)
    if (range.rows === 0) continue
    for (const file of await writeRange(engine, table, range, dir, maxBytes))
      files.push({ ...file, partition: { modality, dataset } })
  }
  if (files.length > 0) return files
  return writeRange(engine, table, await rowRange(engine, table, 'true'), dir, maxBytes)
}

/** Consecutive rows by DuckDB's `rowid`. */
interface RowRange {
  readonly first: number
  readonly rows: number
}

async function rowRange(engine: NodeEngine, table: TableName, where: string): Promise<RowRange> {
  const text = `SELECT coalesce(min(rowid), 0)::DOUBLE AS first, count(*)::DOUBLE AS rows
    FROM ${table} WHERE ${where}`
  const [range] = await engine.rows<RowRange>({ text, params: [] })
  return range ?? { first: 0, rows: 0 }
}

/** Write a range of rows to one or more files. */
async function writeRange(
  engine: NodeEngine,
  table: TableName,
  { first, rows }: RowRange,
  dir: string,
  maxBytes: number,
): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  let size = Math.min(rows, FIRST_ROWS)
  for (let done = 0; done < rows || files.length === 0; ) {
    const count = Math.min(size, rows - done)
    const file = await writeFile(engine, table, { first: first + done, rows: count }, dir)
    const fits = file.bytes <= maxBytes
    if (fits) {
      files.push(file)
      done += count
    } else if (count <= 1)
      throw new RangeError(
        `${table}: one row exceeds ${formatBytes(maxBytes)}, the limit of a file`,
      )
    else await rm(join(dir, file.file))
    // Round down to full row groups if at least one fits.
    const fitting = ((AIM_BYTES / MAX_FILE_BYTES) * maxBytes * count) / Math.max(file.bytes, 1)
    const groups = Math.floor(fitting / ROW_GROUP_ROWS)
    size = groups > 0 ? groups * ROW_GROUP_ROWS : Math.max(1, Math.floor(fitting))
    if (!fits) size = Math.min(size, Math.max(1, Math.floor(count / 2)))
  }
  return files
}

async function writeFile(
  engine: NodeEngine,
  table: TableName,
  { first, rows }: RowRange,
  dir: string,
): Promise<ManifestFile> {
  const columns = Object.entries(tableOf(table).columns)
    .map(([column, { type }]) => `"${column}"::${type} AS "${column}"`)
    .join(', ')
  const path = join(dir, `${table}.parquet`)
  await engine.run(
    `COPY (SELECT ${columns} FROM ${table} WHERE rowid BETWEEN ${first} AND ${first + rows - 1})
     TO ${quoted(path)}
     (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION v2,
      ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`,
  )
  const sha256 = await sha256Of(path)
  const file = `${table}-${sha256.slice(0, 16)}.parquet`
  await retryLocked(() => rename(path, join(dir, file)))
  const { size } = await stat(join(dir, file))
  return { file, rows, bytes: size, sha256 }
}
