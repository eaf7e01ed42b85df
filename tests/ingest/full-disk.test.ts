import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makeIndex } from '../bench/make-index'
import { makeRelease } from '../fixtures/release'

const MINUTES = 60_000

let root: string
let source: string
let kept: string
let oldId: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-full-'))
  source = join(root, 'release')
  kept = join(root, 'kept')
  await makeIndex(source, 50_000)
  const small = await makeRelease()
  oldId = (await ingestRelease(small.dir, { out: kept })).manifest.id
  await small.remove()
})
afterAll(() => rm(root, { recursive: true }))

const shell = (program: string, args: string[], script: string) =>
  spawnSync(program, [...args, 'sh', '-ec', script], { encoding: 'utf8', timeout: MINUTES })

const ingest = (out: string) =>
  `"${process.execPath}" cli/samed2d.mjs ingest "${source}" --out "${out}"`

const idOf = async (out: string) => (await readManifest(out, { verifyHashes: true })).manifest.id

/** Inside, a user may mount what only this process and its children see. */
const UNSHARE = ['--user', '--map-root-user', '--mount']
const canMount =
  spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0

describe.skipIf(!canMount)('a full disk (skipped where no file system can be mounted)', () => {
  // Staging needs some 15 MB at its peak.
  test.each([1, 3, 6, 9])('of %i MB', async megabytes => {
    const [disk, result] = [join(root, 'disk'), join(root, `result-${megabytes}`)]
    await mkdir(disk, { recursive: true })
    const { stderr, stdout } = shell(
      'unshare',
      UNSHARE,
      `mount -t tmpfs -o size=${megabytes}m tmpfs "${disk}"
       cp -r "${kept}" "${disk}/manifest"
       ${ingest(`${disk}/manifest`)} || echo "exit code $?"
       cp -r "${disk}" "${result}"`,
    )
    expect(stdout).toBe('exit code 1\n')
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^samed2d: .*disk\/manifest: no space left for the manifest .*; free disk space, or choose an --out folder on a larger disk, and run the command again; an existing manifest there is unchanged$/,
    )
    expect(await readdir(result)).toEqual(['manifest'])
    expect(await idOf(join(result, 'manifest'))).toBe(oldId)
  })
})

describe.skipIf(process.platform === 'win32')('files that cannot grow', () => {
  test.each([100, 2_000, 6_000])('beyond %i blocks', async blocks => {
    const out = join(root, `limited-${blocks}`, 'manifest')
    await cp(kept, out, { recursive: true })
    const { stderr, stdout } = shell(
      'env',
      [],
      `ulimit -f ${blocks}; ${ingest(out)} || echo "exit code $?"`,
    )
    expect(stdout).toBe('exit code 1\n')
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^samed2d: .*manifest: cannot be written \(.*File too large\); check the disk and its permissions/,
    )
    expect(await readdir(join(out, '..'))).toEqual(['manifest'])
    expect(await idOf(out)).toBe(oldId)
  })
})
