import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { HttpOptions } from '../../lib/archive/http-request'
import { NetworkError } from '../../lib/archive/network-error'
import type { Wait } from '../../lib/archive/wait-budget'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'
import { type Hub, type HubOptions, releaseFiles, startHub } from '../fixtures/hub'
import { indexText, listed, type ReleaseSpec, SMALL_RELEASE } from '../fixtures/release'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { ingestChild } from './ingest-child'

/** A release whose directory and index take many requests; `slices` makes one differ from another. */
const spec = (slices: number): ReleaseSpec => ({
  classMap: SMALL_RELEASE.classMap,
  index: Array.from({ length: 6_000 }, (_, i) =>
    listed(
      `ct_00--BTCV--case_${Math.floor(i / slices)}--z_${String(i % slices).padStart(4, '0')}`,
      '0001_000',
      '0002_000',
    ),
  ),
})

/** Parts of its archive, cut so that directory and index lie in several. Everything is stored. */
function partsOf({ index, classMap }: ReleaseSpec): Buffer[] {
  const folder = 'SAMed2Dv1/'
  const names = index.flatMap(([image, masks]) => [image, ...(masks as string[])])
  const entries = [
    { name: `${folder}SAMed2D_v1.json`, data: Buffer.from(indexText(index)) },
    ...names.map(name => ({ name: folder + name, data: Buffer.from(name) })),
    {
      name: `${folder}SAMed2D_v1_class_mapping_id.json`,
      data: Buffer.from(JSON.stringify(classMap)),
    },
  ]
  return makeZip(
    entries.map(entry => ({ ...entry, method: 0 })),
    { partBytes: [600_000] },
  )
}

const PARTS = partsOf(spec(128))
const ZIP = 'SA-Med2D-16M.zip'
/** Directory and index: what has to be read once. */
const CONTENT = 2_700_000
/** Bytes after which something happens: in the middle of directory and index. */
const GONE_AT = 1_200_000

async function hubOf(options: HubOptions = {}, parts = PARTS): Promise<Hub> {
  const hub = await startHub(releaseFiles(parts), options)
  onTestFinished(() => hub.close())
  return hub
}

async function outFolder(): Promise<{ dir: string; out: string }> {
  const dir = await temporaryFolder()
  return { dir, out: join(dir, 'manifest') }
}

/** The manifest of the archive on disk. */
async function fromDisk(parts = PARTS) {
  const { dir, out } = await outFolder()
  const path = await writeParts(dir, 'SA-Med2D-16M', parts)
  return (await ingestRelease(path, { out })).manifest
}

/** A number below 1 from a seed, the same in every run. */
function randomOf(state: number) {
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const QUICK: HttpOptions = { retries: { firstMs: 1, longestMs: 20 } }

test('fifty cuts, URLs that expire and a 429 end in the same manifest as files on disk', async () => {
  const local = await fromDisk()
  const random = randomOf(7)
  /** Cuts of each read: a read is given up after six in a row, and rightly. */
  const cuts = new Map<string, number>()
  const hub: Hub = await hubOf({
    usesPerUrl: 4,
    limitAfter: 12,
    limitMs: 1500,
    cutAfter({ place, bytes }) {
      const before = cuts.get(place) ?? 0
      if (hub.cuts === 50 || before === 4 || bytes === 1) return null
      cuts.set(place, before + 1)
      return Math.floor(random() * bytes)
    },
  })
  const waits: Wait[] = []
  const { out, dir } = await outFolder()
  const http = { ...QUICK, onWait: (wait: Wait) => waits.push(wait) }
  const { manifest, transfer } = await ingestRelease(hub.url(ZIP), { out, http })
  expect(manifest.id).toBe(local.id)
  expect(manifest.files).toEqual(local.files)
  expect(hub.cuts).toBe(50)
  expect(hub.expired).toBeGreaterThan(0)
  expect(hub.limited).toBeGreaterThan(0)
  expect([...hub.forbidden]).toEqual([])
  // One 429 is waited for, and said once.
  expect(waits.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/SA-Med2D-16M\.z\w+: the server limits requests \(429\)$/),
  ])
  expect(transfer?.requests).toBe(hub.resolverRequests + hub.storageRequests)
  // What came before a cut is not read again: beside small samples everything is read once.
  expect(transfer?.bytes).toBeLessThanOrEqual(hub.bytes)
  expect(hub.bytes).toBeLessThan(CONTENT * 1.3)
  expect(await readdir(dir)).toEqual(['manifest'])
})

test('killed at random moments, it goes on where it was, and reads nothing twice', async () => {
  const local = await fromDisk()
  const hub = await hubOf({ chunkMs: 30 })
  const { out, dir } = await outFolder()
  for (const ms of [100, 200]) {
    const { signal } = await ingestChild(hub.url(ZIP), out, 'SIGKILL', { after: /to fetch/m, ms })
    expect(signal).toBe('SIGKILL')
    expect((await readdir(dir)).filter(name => name.includes('.download-'))).toHaveLength(1)
  }
  const before = hub.bytes
  const interrupted = await ingestChild(hub.url(ZIP), out, 'SIGINT', {
    after: /to fetch/m,
    ms: 100,
  })
  expect(interrupted.code).toBe(130)
  expect(interrupted.stderr).toContain('What was read is kept; the same command goes on from there')
  const { code, stdout, stderr } = await ingestChild(hub.url(ZIP), out)
  expect(code, stderr).toBe(0)
  expect(stderr).toMatch(/^Going on after an earlier run, which had read .* of the archive$/m)
  expect(stdout).toMatch(/requests, 0 of them repeated; .* received, .* from an earlier run$/m)
  expect(before).toBeGreaterThan(100_000)
  expect(hub.bytes).toBeLessThan(CONTENT * 1.5)
  expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')).id).toBe(local.id)
  expect(await readdir(dir)).toEqual(['manifest'])
})

test('a network that is gone is said, and the next run goes on', async () => {
  let isGone = true
  const hub: Hub = await hubOf({ cutAfter: () => (isGone && hub.bytes > GONE_AT ? 0 : null) })
  const { out, dir } = await outFolder()
  const lines: string[] = []
  const options = { out, http: QUICK, log: (line: string) => lines.push(line) }
  const failing = ingestRelease(hub.url(ZIP), options)
  await expect(failing).rejects.toBeInstanceOf(NetworkError)
  await expect(failing).rejects.toThrow(
    /the connection failed \(\w+\), 6 times in a row; check the connection and run the command/,
  )
  expect(lines).toContain('What was read is kept; the same command goes on from there')
  isGone = false
  // Nor does a host that has no such file for a while.
  const { files } = hub
  hub.files = {}
  await expect(ingestRelease(hub.url(ZIP), options)).rejects.toThrow(/no such file on the server/)
  hub.files = files
  const before = hub.bytes
  const { manifest, transfer } = await ingestRelease(hub.url(ZIP), options)
  expect(transfer?.reused).toBeGreaterThan(100_000)
  expect(hub.bytes - before).toBeLessThan(CONTENT)
  expect(manifest.id).toBe((await fromDisk()).id)
  expect(await readdir(dir)).toEqual(['manifest'])
})

test('an archive that changes is read again from its start, with a message', async () => {
  const other = partsOf(spec(64))
  const hub: Hub = await hubOf({
    onStorage() {
      if (hub.version > 1 || hub.bytes < GONE_AT) return
      hub.files = releaseFiles(other)
      hub.version++
    },
  })
  const { out, dir } = await outFolder()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const { manifest } = await ingestRelease(hub.url(ZIP), { out, http: QUICK, log })
  expect(lines.filter(line => line.endsWith('; starting again'))).toEqual([
    expect.stringMatching(
      /SA-Med2D-16M\.z\w+: changed while it was being read \(.*now.*\); starting/,
    ),
  ])
  expect(manifest.files).toEqual((await fromDisk(other)).files)
  expect(await readdir(dir)).toEqual(['manifest'])
})

test('an archive that changes all the time is an error, and nothing is left', async () => {
  const hub = await hubOf({
    onStorage(number) {
      if (number % 25 === 24) hub.version++
    },
  })
  const { out, dir } = await outFolder()
  await expect(ingestRelease(hub.url(ZIP), { out, http: QUICK })).rejects.toThrow(
    /changed while it was being read \(ETag "version-\d", now "version-\d"\); run the command again$/,
  )
  expect(await readdir(dir)).toEqual([])
})

test('what is kept is checked: a flipped byte is read again', async () => {
  let isGone = true
  const hub: Hub = await hubOf({ cutAfter: () => (isGone && hub.bytes > GONE_AT ? 0 : null) })
  const { out, dir } = await outFolder()
  const lines: string[] = []
  const options = { out, http: QUICK, log: (line: string) => lines.push(line) }
  await expect(ingestRelease(hub.url(ZIP), options)).rejects.toThrow(NetworkError)
  const kept = join(dir, `manifest.download-${process.pid}`)
  for (const name of await readdir(kept)) {
    const bytes = await readFile(join(kept, name))
    for (let at = 5_000; at < bytes.length; at += 50_000) bytes[at] = (bytes[at] ?? 0) ^ 4
    await writeFile(join(kept, name), bytes)
  }
  isGone = false
  const { manifest } = await ingestRelease(hub.url(ZIP), options)
  expect(manifest.id).toBe((await fromDisk()).id)
  expect(lines).toContain('A part of what an earlier run kept is damaged; it is read again')
})
