import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allFiles } from '../../lib/manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../../lib/manifest/manifest'
import { checkedManifest } from '../../lib/store/checked-manifest.node.ts'
import { writeManifest } from '../../lib/store/write-manifest.node.ts'
import { verifyAll } from '../../lib/verify/verify.node.ts'
import { tinyStaging } from '../tiny-staging'

let dir: string
let manifest: Manifest
let dispose: () => Promise<void>
beforeAll(async () => {
  const { staging, out } = await tinyStaging()
  dir = out
  dispose = () => staging.dispose()
  const options = { name: 'tiny “quoted” \\ é日', source: 'a test', simulated: true }
  manifest = await writeManifest(staging, { out, ...options, partition: true })
})
afterAll(() => dispose())

/** A small generator of numbers below n, the same on every run. */
function seeded(seed: number) {
  let state = seed
  return (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const flipped = (bytes: Buffer, at: number, bit: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

const verified = () => verifyAll(dir, { sample: null })

/** What verify says, as words; "sound" if nothing. */
async function said(): Promise<string> {
  try {
    const { findings } = await verified()
    const broken = findings.filter(({ problem }) => problem !== null)
    return broken.map(({ rule, problem }) => `${rule}: ${problem}`).join('\n') || 'sound'
  } catch (error) {
    return (error as Error).message
  }
}

test('the manifest is sound as it is', async () => {
  expect(await said()).toBe('sound')
  expect((await verified()).warnings).toEqual([])
})

test('a flipped bit in any byte of manifest.json is found, whatever stands there', async () => {
  const bytes = await readFile(join(dir, MANIFEST_FILE))
  const below = seeded(1)
  const missed: number[] = []
  for (let at = 0; at < bytes.length; at++)
    try {
      checkedManifest(flipped(bytes, at, below(8)), MANIFEST_FILE)
      missed.push(at)
    } catch (error) {
      if (!String((error as Error).message).startsWith(MANIFEST_FILE)) missed.push(at)
    }
  expect(bytes.length).toBeGreaterThan(5_000)
  expect(missed).toEqual([])
})

test('verify names manifest.json when one of its bytes is another', async () => {
  const path = join(dir, MANIFEST_FILE)
  const bytes = await readFile(path)
  const below = seeded(2)
  try {
    for (let i = 0; i < 20; i++) {
      await writeFile(path, flipped(bytes, below(bytes.length), below(8)))
      expect(await said()).toContain('manifest.json: ')
    }
  } finally {
    await writeFile(path, bytes)
  }
})

test('a flipped bit in any Parquet file is found, and the file named', async () => {
  const below = seeded(3)
  const files = allFiles(manifest)
  expect(files.length).toBeGreaterThan(20)
  for (const { file, bytes: size } of files) {
    const path = join(dir, file)
    const bytes = await readFile(path)
    for (const at of [0, size - 1, below(size), below(size)]) {
      await writeFile(path, flipped(bytes, at, below(8)))
      expect(await said()).toBe(
        `every file matches the listed size and hash: ${file} does not match the listed SHA-256`,
      )
    }
    await writeFile(path, bytes)
  }
  expect(await said()).toBe('sound')
})

test('all damaged files are named, missing and cut ones too; others in the folder are a warning', async () => {
  const [a, b, c] = allFiles(manifest)
  const copy = join(dir, '..', 'copy')
  await cp(dir, copy, { recursive: true })
  await rm(join(copy, a?.file ?? ''))
  await writeFile(join(copy, b?.file ?? ''), 'x')
  await writeFile(join(copy, c?.file ?? ''), Buffer.alloc(c?.bytes ?? 0))
  await writeFile(join(copy, 'notes.txt'), 'mine')
  const { findings, warnings } = await verifyAll(copy, { sample: null })
  expect(findings.map(({ problem }) => problem)).toEqual([
    `${a?.file} is missing; ${b?.file} has 1 bytes, but manifest.json lists ${b?.bytes}; ${c?.file} does not match the listed SHA-256`,
  ])
  expect(warnings).toEqual(['notes.txt is in the folder, but manifest.json does not list it'])
})
