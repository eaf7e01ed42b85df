import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { indexText, listed } from '../fixtures/release'
import { greyPng } from '../images/png'
import { tablesOf } from './measured-release'

const IMAGES = 1_100

let root: string
let release: string
let out: string
let unmeasured: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-measure-'))
  release = join(root, 'SAMed2Dv1')
  out = join(root, 'manifest')
  for (const folder of ['images', 'masks']) await mkdir(join(release, folder), { recursive: true })
  const index = Array.from({ length: IMAGES }, (_, i) =>
    listed(`ct_00--BTCV--case--z_${String(i).padStart(4, '0')}`, '0001_000'),
  )
  const image = greyPng(16, 16, (x, y) => x + y)
  const mask = greyPng(16, 16, (x, y) => (x > 3 && y > 7 ? 255 : 0))
  for (const [path, masks] of index) {
    await writeFile(join(release, path), image)
    for (const each of masks) await writeFile(join(release, each), mask)
  }
  await writeFile(join(release, 'SAMed2D_v1.json'), indexText(index))
  const classMap = JSON.stringify({ BTCV: { liver: '0001' } })
  await writeFile(join(release, 'SAMed2D_v1_class_mapping_id.json'), classMap)
  unmeasured = (await ingestRelease(release, { out })).manifest.id
  await cp(out, join(root, 'kept'), { recursive: true })
})
afterAll(() => rm(root, { recursive: true }))

const partsFolder = () => readdirSync(root).find(name => name.startsWith('manifest.measuring-'))
const parts = () => {
  const folder = partsFolder()
  return folder ? readdirSync(join(root, folder)).filter(name => name.endsWith('.csv')).length : 0
}
const idOf = async () => (await readManifest(out, { verifyHashes: true })).manifest.id

/** Run the command as a user does, and send it a signal once `moment` says so. */
async function measureChild(
  signal?: NodeJS.Signals,
  moment: (stderr: string) => boolean = () => false,
) {
  const args = ['cli/samed2d.mjs', 'measure', '--manifest', out, '--images', release, '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', data => {
    stdout += data
  })
  child.stderr.on('data', data => {
    stderr += data
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.on('close', (code, killedBy) => resolve({ code, signal: killedBy })),
  )
  if (signal) {
    while (!moment(stderr) && child.exitCode === null) await wait(2)
    child.kill(signal)
  }
  return { ...(await ended), stdout, stderr }
}

test('killed at any moment, the manifest is whole, and the next run goes on', async () => {
  const moments: ((stderr: string) => boolean)[] = [
    () => parts() >= 1,
    stderr => /^label sets/m.test(stderr),
    stderr => /^rejects-/m.test(stderr),
  ]
  let [kept, kills] = [0, 0]
  for (const moment of moments) {
    const { code, signal, stderr } = await measureChild('SIGKILL', moment)
    expect(signal ?? code, stderr).toBe(signal === null ? 0 : 'SIGKILL')
    if (signal === 'SIGKILL') kills++
    if (kept > 0 && signal === 'SIGKILL')
      expect(stderr).toMatch(/^Resuming an earlier run: the pictures of [\d,]+ images are/m)
    expect(parts()).toBeGreaterThanOrEqual(signal === null ? 0 : kept)
    kept = parts()
    // The last one may come too late.
    if (signal === 'SIGKILL' && moment !== moments.at(-1)) expect(await idOf()).toBe(unmeasured)
  }
  expect(kills).toBeGreaterThanOrEqual(2)

  const { code, stderr } = await measureChild()
  expect(code, stderr).toBe(0)
  expect(await idOf()).not.toBe(unmeasured)
  expect((await readdir(root)).toSorted()).toEqual(['SAMed2Dv1', 'kept', 'manifest'])
  const { findings } = await verifyManifest(out)
  expect(findings.filter(({ problem }) => problem)).toEqual([])
  const { images, masks, quality } = await tablesOf(out)
  expect([images.length, quality]).toEqual([IMAGES, []])
  expect(images.every(({ width, height }) => width === 16 && height === 16)).toBe(true)
  expect(new Set(masks.map(({ area, box }) => `${area} ${box}`))).toEqual(new Set(['96 4,8,16,16']))
})

test('Ctrl-C: exit code 130, the manifest as it was, and what was measured is kept', async () => {
  await rm(out, { recursive: true })
  await cp(join(root, 'kept'), out, { recursive: true })
  const left = partsFolder()
  if (left) await rm(join(root, left), { recursive: true })
  const { code, stdout, stderr } = await measureChild('SIGINT', () => parts() >= 1)
  expect([code, stdout], stderr).toEqual([130, ''])
  expect(stderr).toMatch(/Finished measurements are saved; run the same command to resume\n$/)
  expect(await idOf()).toBe(unmeasured)
  expect(parts()).toBeGreaterThanOrEqual(1)
  expect((await readdir(root)).filter(name => name.includes('.partial-'))).toEqual([])
})
