import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRowEngine } from '../../lib/images/row-engine.node.ts'
import { filesOf } from '../../lib/manifest/files-of'
import type { Manifest } from '../../lib/manifest/manifest'
import type { TableName } from '../../lib/manifest/tables'
import { sql } from '../../lib/sql'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { writeManifest } from '../../lib/store/write-manifest.node.ts'
import { tinyStaging } from '../tiny-staging'

let dir: string
let manifest: Manifest
let dispose: () => Promise<void>
beforeAll(async () => {
  const { staging, out } = await tinyStaging()
  dir = out
  dispose = () => staging.dispose()
  manifest = await writeManifest(staging, { out, name: 'tiny', source: 'a test', simulated: true })
})
afterAll(() => dispose())

async function flip(file: string, at: number) {
  const bytes = await readFile(join(dir, file))
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at)
  await writeFile(join(dir, file), bytes)
}

/** First lines of a table, or why there are none. */
async function answer(table: string): Promise<string> {
  try {
    const { engine } = await openManifest(dir)
    try {
      await engine.run(`CREATE TABLE copied AS FROM ${table}`)
      return 'answered'
    } finally {
      engine.close()
    }
  } catch (error) {
    return (error as Error).message
  }
}

test('no statement reads a table with a flipped bit, wherever it is', async () => {
  const said = new Set<string>()
  for (const [table, files] of Object.entries(manifest.files))
    for (const { file, bytes } of files)
      for (const share of [0, 0.2, 0.5, 0.9, 1]) {
        const at = Math.round(share * (bytes - 1))
        await flip(file, at)
        said.add((await answer(table)).replace(join(dir, file), 'FILE'))
        await flip(file, at)
      }
  expect([...said]).toEqual([
    'FILE: the content does not match the listed SHA-256; copy it again, or write the manifest again',
  ])
  expect(await answer('masks')).toBe('answered')
})

test('a damaged table that no statement names hinders nobody', async () => {
  const [file] = filesOf(manifest, 'masks')
  await flip(file?.file ?? '', 100)
  const { engine } = await openManifest(dir)
  const counted = sql`SELECT count(*)::DOUBLE AS n FROM images`
  expect(await engine.rows(counted)).toEqual([{ n: manifest.summary.totals.images }])
  engine.close()
  await flip(file?.file ?? '', 100)
})

test('a file that is written to after it was checked is checked again', async () => {
  const folder = await readManifest(dir, { verifyHashes: true })
  const tables: readonly TableName[] = ['labels']
  ;(await openRowEngine(folder, tables)).close()
  const [first] = filesOf(manifest, 'labels')
  await flip(first?.file ?? '', 9)
  await expect(openRowEngine(folder, tables)).rejects.toThrow(/labels-.*SHA-256/)
  await flip(first?.file ?? '', 9)
})

test('a new thread knows which files this one has checked', async () => {
  ;(await openRowEngine(await readManifest(dir), ['labels'])).close()
  const worker = new Worker(
    `const { getEnvironmentData, parentPort } = require('node:worker_threads')
     parentPort.postMessage([...getEnvironmentData('samed2d:intact').keys()])`,
    { eval: true },
  )
  const [paths] = (await once(worker, 'message')) as [readonly string[]]
  await worker.terminate()
  expect(paths).toContain(join(dir, filesOf(manifest, 'labels')[0]?.file ?? ''))
})
