import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tableOf } from '../../lib/manifest/tables'
import { quoted } from '../../lib/sql'
import { writeParquet } from '../../lib/store/write-parquet.node.ts'
import { type RandomRelease, randomRelease } from '../random-release'

let release: RandomRelease
let dir: string
beforeAll(async () => {
  release = await randomRelease(5)
  dir = await mkdtemp(join(tmpdir(), 'samed2d-parquet-'))
})
afterAll(async () => {
  await release.staging.dispose()
  await rm(dir, { recursive: true })
})

const rows = (text: string) =>
  release.staging.engine.rows<Record<string, unknown>>({ text, params: [] })

test('a table is cut into files that are small enough, row after row', async () => {
  const { engine } = release.staging
  const most = 6_000
  const files = await writeParquet(engine, 'masks', dir, [], most)
  expect(files.length).toBeGreaterThan(2)
  for (const { bytes } of files) expect(bytes).toBeLessThanOrEqual(most)
  // Those that were too large are gone.
  expect((await readdir(dir)).sort()).toEqual(files.map(({ file }) => file).sort())
  const list = files.map(({ file }) => quoted(join(dir, file))).join(', ')
  const columns = Object.keys(tableOf('masks').columns).join(', ')
  expect(await rows(`SELECT ${columns} FROM read_parquet([${list}])`)).toEqual(
    await rows(`SELECT ${columns} FROM masks ORDER BY rowid`),
  )
  for (const { file, rows: n } of files)
    expect(await rows(`SELECT count(*)::DOUBLE AS n FROM ${quoted(join(dir, file))}`)).toEqual([
      { n },
    ])
})

test('the files have the signed types of the format, whatever the memory has', async () => {
  const [file] = await writeParquet(release.staging.engine, 'images', dir)
  const described = await rows(`DESCRIBE FROM ${quoted(join(dir, file?.file ?? ''))}`)
  expect(described.map(({ column_type }) => column_type)).toEqual(
    Object.values(tableOf('images').columns).map(({ type }) => type),
  )
  expect(described.filter(({ column_type }) => String(column_type).startsWith('U'))).toEqual([])
})

test('a table without rows is one file', async () => {
  const files = await writeParquet(release.staging.engine, 'rejects', dir)
  expect(files).toMatchObject([{ rows: 0 }])
})
