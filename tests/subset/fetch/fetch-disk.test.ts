import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../archive/temporary-archive'
import { startRangeServer } from '../../fixtures/range-server'
import { type FetchRelease, fetchRelease, runFetch } from './fetch-release'
import {
  contents,
  finalFiles,
  LAYOUTS,
  layoutOptions,
  outOf,
  picturesIn,
  sorted,
} from './fetch-target'

let release: FetchRelease
beforeAll(async () => {
  release = await fetchRelease()
  return release.remove
})

/** Inside, a user may mount what only this process and its children see. */
const UNSHARE = ['--user', '--map-root-user', '--mount']
const canMount =
  spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']).status === 0
if (!canMount) console.warn('Mounting is not allowed here (unshare --user --mount): no full disks')

/** A command line; `archive` may be an address. */
const command = (layout: (typeof LAYOUTS)[number], dir: string, archive = release.zip) =>
  [
    process.execPath,
    'cli/samed2d.mjs',
    'fetch',
    '--manifest',
    release.manifest,
    '--archive',
    archive,
    '--out',
    outOf(layout, dir),
    ...layoutOptions(layout),
    '--json',
  ]
    .map(word => `"${word}"`)
    .join(' ')

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

describe.each(LAYOUTS)('a disk that is full, %s', layout => {
  test.skipIf(!canMount)('is said before anything is fetched', async () => {
    const dir = await temporaryFolder()
    const script = `mount -t tmpfs -o size=300k tmpfs "${dir}"
      ${command(layout, dir)} || echo "exit code $?"
      find "${dir}" -type f`
    const { stdout, stderr } = spawnSync('unshare', [...UNSHARE, 'sh', '-ec', script], {
      encoding: 'utf8',
    })
    expect(stderr).toMatch(
      /the files need \d+ kB, but only \d+ kB are free; free disk space, or select fewer files/,
    )
    expect(stdout).toBe('exit code 1\n')
  })

  test.skipIf(!canMount)(
    'in the middle, by another file, leaves nothing wrong, and goes on later',
    async () => {
      const dir = await temporaryFolder()
      const [disk, copies] = [join(dir, 'disk'), join(dir, 'copies')]
      for (const folder of [disk, copies]) await mkdir(folder)
      const [reached, filled] = [join(dir, 'reached'), join(dir, 'filled')]
      // Pictures of the third part come when the disk has no byte left.
      const server = await startRangeServer(release.files, async ({ path, start, end }) => {
        if (path !== '/a.z03' || end - start < 1000) return undefined
        await writeFile(reached, '')
        while (!(await exists(filled))) await wait(5)
        return undefined
      })
      onTestFinished(() => server.close())
      const script = `mount -t tmpfs -o size=72m tmpfs "${disk}"
        ${command(layout, disk, `${server.url}/a.zip`)} & fetch=$!
        until [ -e "${reached}" ]; do kill -0 $fetch; sleep 0.02; done
        cat /dev/zero > "${disk}/ballast" 2> "${dir}/ballast-error" || true
        touch "${filled}"
        wait $fetch || echo "exit code $?"
        rm "${disk}/ballast"
        cp -a "${disk}" "${copies}/first"
        ${command(layout, disk)}
        cp -a "${disk}" "${copies}/second"`
      const child = spawn('unshare', [...UNSHARE, 'sh', '-ec', script])
      onTestFinished(() => void child.kill())
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', data => (stdout += data))
      child.stderr.on('data', data => (stderr += data))
      const [code] = await once(child, 'close')
      expect(await readFile(join(dir, 'ballast-error'), 'utf8')).toMatch(/No space left/)
      expect(stderr).toContain(
        `samed2d: ${outOf(layout, disk)}: the disk is full; free disk space and run the command again, it keeps the finished files`,
      )
      expect(stderr).not.toMatch(/^ +at /m)
      expect(code, stderr).toBe(0)
      // `contents` compares each picture; so what is there is whole, and something is missing.
      const first = outOf(layout, join(copies, 'first'))
      const there = picturesIn(await contents(layout, first, release))
      const left = await readdir(join(copies, 'first'), { recursive: true })
      expect(left.filter(name => /lock$/.test(name))).toEqual([])
      // A picture is fetched anew, a shard or ZIP goes on.
      expect(left.filter(name => /incomplete$/.test(name)).length).toBe(layout === 'folder' ? 0 : 1)
      expect(there.length).toBeLessThan(release.paths.length)
      if (layout !== 'zip') expect(there.length).toBeGreaterThan(10)
      const [, said, result] = /^exit code (\d)\n(.*)$/s.exec(stdout) ?? []
      expect(said).toBe('1')
      const { files, skipped, failed } = JSON.parse(result ?? '')
      expect({ all: files + skipped, failed }).toEqual({ all: release.paths.length, failed: [] })
      expect(skipped).toBeGreaterThan(10)
      const second = outOf(layout, join(copies, 'second'))
      expect(picturesIn(await contents(layout, second, release))).toEqual(sorted(release.paths))
    },
  )

  test.skipIf(layout === 'folder')('a file that may not grow on: no final name', async () => {
    const dir = await temporaryFolder()
    // Blocks of 512 bytes in dash: no file may grow beyond.
    const script = `ulimit -f 100; ${command(layout, dir)} || echo "exit code $?"`
    const { stdout, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' })
    expect(stdout).toBe('exit code 1\n')
    expect(stderr).toMatch(
      /cannot be written \(.*; check the disk and its permissions and run the command again, it keeps the finished files/,
    )
    const out = outOf(layout, dir)
    expect(await finalFiles(layout, out)).toEqual([])
    const args = ['--manifest', release.manifest, '--archive', release.zip, '--out', out]
    const { code, lines } = await runFetch(...args, ...layoutOptions(layout))
    expect(code, lines).toBe(0)
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
    await rm(out, { recursive: true })
  })
})
