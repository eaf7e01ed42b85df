import { copyFile, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeEngine, openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { filesOf } from '../../lib/manifest/files-of'
import type { Manifest, ManifestFile } from '../../lib/manifest/manifest'
import { writeReference } from '../../lib/reference/generate.node.ts'
import { quoted } from '../../lib/sql'
import { parquetSql } from '../../lib/store/parquet-sql.node.ts'
import { PARTITIONED } from '../../lib/store/partitions.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'

interface Written {
  dir: string
  manifest: Manifest
}

let root: string
let engine: NodeEngine
let whole: Written
let parted: Written
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-partition-'))
  engine = await openNodeEngine()
  whole = await written('whole', false)
  parted = await written('parted', true)
}, 60_000)
afterAll(async () => {
  engine.close()
  await rm(root, { recursive: true })
})

/** Large enough for several row groups of masks in one file. */
async function written(name: string, partition: boolean): Promise<Written> {
  const dir = join(root, name)
  return { dir, manifest: await writeReference({ out: dir, scale: 0.02, partition }) }
}

const rows = <Row extends object>(text: string) => engine.rows<Row>({ text, params: [] })

const TABLES = [...PARTITIONED].filter(table => table !== 'locator')

test.each(TABLES)(
  'the files of %s one after the other are the one file, row for row',
  async table => {
    const [one, ...others] = filesOf(whole.manifest, table)
    expect(others).toEqual([])
    const files = filesOf(parted.manifest, table)
    expect(files.length).toBeGreaterThan(100)
    expect(files.reduce((sum, file) => sum + file.rows, 0)).toBe(one?.rows)
    const numbered = (from: string) => `(SELECT row_number() OVER () AS n, * FROM ${from})`
    const [a, b] = [whole, parted].map(each => numbered(parquetSql(each, table)))
    expect(await rows(`FROM ${a} EXCEPT FROM ${b}`)).toEqual([])
    expect(await rows(`FROM ${b} EXCEPT FROM ${a}`)).toEqual([])
  },
)

test('a partitioned manifest keeps every rule, and its files say what they are of', async () => {
  const { findings } = await verifyManifest(parted.dir)
  expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
  for (const { file, partition } of filesOf(parted.manifest, 'images').slice(0, 20))
    expect(
      await rows(`SELECT DISTINCT modality, dataset FROM ${quoted(join(parted.dir, file))}
        JOIN ${parquetSql(parted, 'datasets')} USING (dataset_id)
        JOIN ${parquetSql(parted, 'submodalities')} USING (submodality_id)`),
    ).toEqual([partition])
})

/** A dataset whose masks lie in some row groups of the one file. */
const DATASET = 'BTCV'

interface Group {
  row_group_id: number
  lo: number
  hi: number
  bytes: number
}

/** Row groups of a file with the least and highest value of a column, from the statistics. */
const groupsOf = (path: string, column: string) =>
  rows<Group>(`SELECT row_group_id::INTEGER AS row_group_id,
      sum(total_compressed_size)::DOUBLE AS bytes,
      max(CASE WHEN path_in_schema = ${quoted(column)} THEN stats_min_value END)::DOUBLE AS lo,
      max(CASE WHEN path_in_schema = ${quoted(column)} THEN stats_max_value END)::DOUBLE AS hi
    FROM parquet_metadata(${quoted(path)}) GROUP BY row_group_id ORDER BY row_group_id`)

async function idOf(dataset: string): Promise<number> {
  const [row] = await rows<{ id: number }>(
    `SELECT dataset_id AS id FROM ${parquetSql(whole, 'datasets')} WHERE dataset = ${quoted(dataset)}`,
  )
  return row?.id ?? -1
}

const pathOf = ({ dir }: Written, { file }: ManifestFile) => join(dir, file)

const onlyFile = (table: 'masks' | 'mask_boxes') => {
  const [file] = filesOf(whole.manifest, table)
  if (!file) throw new Error(`no file for ${table}`)
  return pathOf(whole, file)
}

/** A copy of a Parquet file in which the row groups that are not kept hold nothing but zeros. */
async function withoutGroups(path: string, kept: readonly Group[]): Promise<string> {
  const copy = join(root, 'damaged.parquet')
  await copyFile(path, copy)
  const chunks = await rows<{ id: number; start: number; bytes: number }>(
    `SELECT row_group_id::INTEGER AS id, total_compressed_size::DOUBLE AS bytes,
        least(coalesce(dictionary_page_offset, data_page_offset), data_page_offset)::DOUBLE AS start
      FROM parquet_metadata(${quoted(path)})`,
  )
  const file = await open(copy, 'r+')
  for (const { id, start, bytes } of chunks)
    if (!kept.some(group => group.row_group_id === id))
      await file.write(Buffer.alloc(bytes), 0, bytes, start)
  await file.close()
  return copy
}

test('DuckDB touches only the row groups that a dataset lies in: all others may be damaged', async () => {
  const id = await idOf(DATASET)
  const path = onlyFile('masks')
  const groups = await groupsOf(path, 'dataset_id')
  const needed = groups.filter(({ lo, hi }) => lo <= id && id <= hi)
  expect(needed.length).toBeGreaterThan(0)
  expect(needed.length).toBeLessThan(groups.length)
  const copy = await withoutGroups(path, needed)
  const masks = (file: string) =>
    rows(`SELECT * FROM read_parquet(${quoted(file)}) WHERE dataset_id = ${id}`)
  const found = await masks(copy)
  expect(found.length).toBeGreaterThan(100)
  expect(found).toEqual(await masks(path))
  await expect(rows(`SELECT sum(area) FROM read_parquet(${quoted(copy)})`)).rejects.toThrow()
})

test('boxes, which know no dataset, are found by the range of its images', async () => {
  const [range] = await rows<{ lo: number; hi: number }>(
    `SELECT min(image_id) AS lo, max(image_id) AS hi FROM ${parquetSql(whole, 'images')}
      WHERE dataset_id = ${await idOf('BTCV')}`,
  )
  const { lo, hi } = range ?? { lo: -1, hi: -1 }
  const path = onlyFile('mask_boxes')
  const groups = await groupsOf(path, 'image_id')
  const needed = groups.filter(group => group.lo <= hi && lo <= group.hi)
  expect(needed.length).toBeLessThan(groups.length)
  const boxes = (file: string) =>
    rows(`SELECT * FROM read_parquet(${quoted(file)}) WHERE image_id BETWEEN ${lo} AND ${hi}`)
  const found = await boxes(await withoutGroups(path, needed))
  expect(found.length).toBeGreaterThan(0)
  expect(found).toEqual(await boxes(path))
})

/** A file as hyparquet reads it, and the bytes that it was asked for. */
async function counted(path: string) {
  const file = await asyncBufferFromFile(path)
  const asked: [start: number, end: number][] = []
  const buffer: AsyncBuffer = {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      asked.push([start < 0 ? file.byteLength + start : start, end])
      return file.slice(start, end)
    },
  }
  const bytes = () => asked.reduce((sum, [start, end]) => sum + end - start, 0)
  return { buffer, bytes }
}

test('hyparquet asks for the bytes of those row groups, and of no others', async () => {
  const id = await idOf(DATASET)
  const path = onlyFile('masks')
  const needed = (await groupsOf(path, 'dataset_id')).filter(({ lo, hi }) => lo <= id && id <= hi)
  const { buffer, bytes } = await counted(path)
  const metadata = await parquetMetadataAsync(buffer)
  const footer = bytes()
  const filter = { dataset_id: { $eq: id } }
  const found = await parquetReadObjects({ file: buffer, metadata, compressors, filter })
  expect(found).toHaveLength(await masksOf(id))
  const budget = needed.reduce((sum, group) => sum + group.bytes, 0)
  expect(bytes() - footer).toBe(budget)
  expect(budget).toBeLessThan(buffer.byteLength)
})

test('with a file for each dataset, other datasets cost nothing at all', async () => {
  const id = await idOf('BTCV')
  const files = filesOf(parted.manifest, 'masks')
  const own = files.filter(({ partition }) => partition?.dataset === 'BTCV')
  let found = 0
  let bytes = 0
  for (const file of own) {
    const opened = await counted(pathOf(parted, file))
    const columns = ['image_id', 'label_id', 'dataset_id']
    const read = await parquetReadObjects({ file: opened.buffer, compressors, columns })
    expect(new Set(read.map(row => row.dataset_id))).toEqual(new Set([id]))
    found += read.length
    bytes += opened.bytes()
  }
  expect(found).toBe(await masksOf(id))
  const all = files.reduce((sum, file) => sum + file.bytes, 0)
  expect(bytes).toBeLessThan(all / 20)
  const ownSql = own.map(file => quoted(pathOf(parted, file))).join(', ')
  const [plan] = await rows<{ explain_value: string }>(
    `EXPLAIN (ANALYZE, FORMAT json) SELECT sum(label_id) FROM read_parquet([${ownSql}])`,
  )
  expect(plan?.explain_value).toContain(`"Total Files Read": "${own.length}"`)
})

async function masksOf(id: number): Promise<number> {
  const [row] = await rows<{ n: number }>(
    `SELECT count(*)::DOUBLE AS n FROM ${parquetSql(whole, 'masks')} WHERE dataset_id = ${id}`,
  )
  return row?.n ?? 0
}
