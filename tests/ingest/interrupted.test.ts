import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makeIndex } from '../bench/make-index'
import { writeLargeRelease } from '../bench/write-large-release'
import { makeRelease } from '../fixtures/release'
import { ingestChild, type Moment } from './ingest-child'

const MINUTES = 60_000

const READING: readonly Moment[] = [0, 30, 100, 250].map(ms => ({ after: 'start', ms }))
const DERIVING: readonly Moment[] = [/^datasets, modal/m, /^images in order/m, /^label sets/m].map(
  after => ({ after, ms: 5 }),
)
const PUBLISHING: readonly Moment[] = [0, 1, 3, 6].map(ms => ({ after: /^every path/m, ms }))

let root: string
let source: string
let out: string
let oldId: string
/** The old manifest, to be put back. */
let kept: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-kill-'))
  source = join(root, 'release')
  out = join(root, 'manifest')
  kept = join(root, 'kept')
  await makeIndex(source, 50_000)
  const small = await makeRelease()
  oldId = (await ingestRelease(small.dir, { out: kept })).manifest.id
  await small.remove()
})
afterAll(() => rm(root, { recursive: true }))
beforeEach(restore)

async function restore() {
  await rm(out, { recursive: true, force: true })
  await cp(kept, out, { recursive: true })
}

const idOf = async () => (await readManifest(out, { verifyHashes: true })).manifest.id
const partialFolders = async () => (await readdir(root)).filter(name => name.includes('.partial-'))

test(
  'killed at any moment, the previous manifest or the new one is whole, and a re-run completes',
  async () => {
    let kills = 0
    let before = 0
    for (const moment of [...READING, ...DERIVING, ...PUBLISHING]) {
      await restore()
      const { code, signal, stderr } = await ingestChild(source, out, 'SIGKILL', moment)
      expect(signal ?? code).toBe(signal === null ? 0 : 'SIGKILL')
      if (signal === 'SIGKILL') {
        kills++
        expect(stderr).toMatch(
          /manifest: the command was killed or crashed, .*; run the command again/,
        )
      }
      if ((await idOf()) === oldId) before++
      // A run starts with what the last one left, and leaves no more than its own.
      expect((await partialFolders()).length).toBeLessThanOrEqual(1)
    }
    expect(kills).toBeGreaterThanOrEqual(READING.length + DERIVING.length)
    expect(before).toBeGreaterThanOrEqual(READING.length + DERIVING.length)

    const { code, stdout } = await ingestChild(source, out)
    expect(code).toBe(0)
    expect(stdout).toMatch(/: 50,000 images, 200,815 masks, 5 datasets in /)
    expect(await partialFolders()).toEqual([])
    expect(await idOf()).not.toBe(oldId)
    const { files } = (await readManifest(out)).manifest
    expect(await readdir(out)).toHaveLength(Object.keys(files).length + 1)
  },
  3 * MINUTES,
)

test(
  'Ctrl-C at any moment: exit code 130, no folder left, the previous manifest whole',
  async () => {
    for (const moment of [READING[1]!, READING[3]!, DERIVING[1]!, DERIVING[2]!]) {
      const { code, signal, stdout, stderr } = await ingestChild(source, out, 'SIGINT', moment)
      expect([code, signal, stdout], stderr).toEqual([130, null, ''])
      expect(stderr).not.toMatch(/killed or crashed/)
      expect(await partialFolders()).toEqual([])
      expect(await idOf()).toBe(oldId)
    }
    // At the very end it may come too late.
    const { code, signal } = await ingestChild(source, out, 'SIGINT', PUBLISHING[0])
    expect([130, 0], `signal ${signal}`).toContain(code)
    expect(await partialFolders()).toEqual([])
    await idOf()
  },
  2 * MINUTES,
)

test(
  'killed or interrupted on an archive, the previous manifest is whole, and a re-run completes',
  async () => {
    const dir = join(root, 'archive')
    await mkdir(dir)
    const { path } = await writeLargeRelease(dir, 10_000)
    const moments: readonly Moment[] = [
      ...[0, 60, 200].map(ms => ({ after: 'start', ms }) as const),
      ...[/images, .* read/m, /^index and archive/m, /^masks in order/m].map(after => ({
        after,
        ms: 2,
      })),
    ]
    for (const moment of moments) {
      const { signal } = await ingestChild(path, out, 'SIGKILL', moment)
      expect(signal).toBe('SIGKILL')
      expect(await idOf()).toBe(oldId)
    }
    // Ctrl-C, also while a thread reads the directory.
    for (const ms of [0, 150, 400]) {
      const { code, signal, stderr } = await ingestChild(path, out, 'SIGINT', {
        after: 'start',
        ms,
      })
      expect([code, signal], stderr).toEqual([130, null])
      expect(await partialFolders()).toEqual([])
      expect(await idOf()).toBe(oldId)
    }
    const { code, stdout } = await ingestChild(path, out)
    expect(code).toBe(0)
    expect(stdout).toMatch(/: 10,000 images, .* masks, 5 datasets in .*\nno input was rejected\n$/)
    expect(await partialFolders()).toEqual([])
    expect(await idOf()).not.toBe(oldId)
  },
  2 * MINUTES,
)
