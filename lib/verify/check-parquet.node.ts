import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { filesOf } from '../manifest/files-of'
import type { Manifest, ManifestFile } from '../manifest/manifest'
import { type TableName, tableOf } from '../manifest/tables'
import { exactPath } from '../sql'
import { PARTITIONED, readPartitions } from '../store/partitions.node.ts'

/**
 * Check that the Parquet files of a table have the columns of the format, the listed number of rows, and only rows of
 * the listed partition.
 *
 * @returns The first problem, with the file name; null if there are no problems.
 */
export async function parquetProblem(
  engine: NodeEngine,
  { dir, manifest }: { readonly dir: string; readonly manifest: Manifest },
  table: TableName,
): Promise<string | null> {
  for (const file of filesOf(manifest, table)) {
    const problem = await fileProblem(engine, join(dir, file.file), file, table)
    if (problem !== null) return `${file.file}: ${problem}`
  }
  return PARTITIONED.has(table) ? partitionProblem(engine, dir, filesOf(manifest, table)) : null
}

async function fileProblem(
  engine: NodeEngine,
  path: string,
  { rows }: ManifestFile,
  table: TableName,
): Promise<string | null> {
  const from = `read_parquet(${exactPath(path)}, hive_partitioning = false)`
  const columns = await read<{ column_name: string; column_type: string }>(
    engine,
    `DESCRIBE FROM ${from}`,
  )
  const has = columns.map(row => `${row.column_name} ${row.column_type}`).join(', ')
  const needs = Object.entries(tableOf(table).columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ')
  if (has !== needs) return `it has ${has}; the format requires ${needs}`
  const [found] = await read<{ n: number }>(engine, `SELECT count(*)::DOUBLE AS n FROM ${from}`)
  return found?.n === rows ? null : `it has ${found?.n} rows, but manifest.json lists ${rows}`
}

/** Compares ranges of image ids. Rows are sorted by modality and dataset, so each partition is one range of ids. */
async function partitionProblem(
  engine: NodeEngine,
  dir: string,
  files: readonly ManifestFile[],
): Promise<string | null> {
  const said = files.filter(({ partition }) => partition !== undefined)
  if (said.length === 0) return null
  const ranges = new Map(
    (await readPartitions(engine)).map(each => [`${each.modality} ${each.dataset}`, each]),
  )
  for (const { file, partition } of said) {
    const [found] = await read<{ lo: number | null; hi: number | null }>(
      engine,
      `SELECT min(image_id) AS lo, max(image_id) AS hi
        FROM read_parquet(${exactPath(join(dir, file))}, hive_partitioning = false)`,
    )
    const range = ranges.get(`${partition?.modality} ${partition?.dataset}`)
    const { lo = null, hi = null } = found ?? {}
    if (lo === null || hi === null) continue
    if (!range || lo < range.first || hi > range.last)
      return `${file}: has rows of another modality or dataset than ${partition?.modality}, ${partition?.dataset}`
  }
  return null
}

const read = <Row extends object>(engine: NodeEngine, text: string) =>
  engine.rows<Row>({ text, params: [] })
