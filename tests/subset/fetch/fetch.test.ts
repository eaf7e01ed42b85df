import { spawn } from 'node:child_process'
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openArchive } from '../../../lib/archive/open-archive.node.ts'
import { archiveFiles } from '../../../lib/subset/fetch/archive-files.node.ts'
import { fetchFiles } from '../../../lib/subset/fetch/fetch-files.node.ts'
import { tarSink } from '../../../lib/subset/fetch/tar-sink.node.ts'
import { wantedOfList } from '../../../lib/subset/fetch/wanted-list.node.ts'
import { temporaryFolder } from '../../archive/temporary-archive'
import { startRangeServer } from '../../fixtures/range-server'
import { listed } from '../../fixtures/release'
import { FETCH_SPEC, type FetchRelease, fetchRelease, runFetch } from './fetch-release'
import {
  contents,
  cutAtRandom,
  finalFiles,
  flipByte,
  LAYOUTS,
  picturesIn,
  sorted,
  target,
} from './fetch-target'

const LONG = `ct_00--BTCV--1.3.6.1.4.1.9328.50.4.0103 é 日本 ${'long.'.repeat(12)}--z_0001`

/** The usual one, and an image whose name has dots, letters beyond ASCII, and more than 100 bytes. */
const SPEC = {
  ...FETCH_SPEC,
  index: [...FETCH_SPEC.index, listed(LONG, '0001_000', '0001_001')],
}

let release: FetchRelease
beforeAll(async () => {
  release = await fetchRelease(SPEC)
  return release.remove
})

/** The archive on loopback, for the length of a test. */
async function serve(script?: Parameters<typeof startRangeServer>[1]) {
  const server = await startRangeServer(release.files, script)
  onTestFinished(() => server.close())
  return { server, archive: ['--archive', `${server.url}/a.zip`] }
}

/** `samed2d fetch` as a process of its own, one read at a time. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['cli/samed2d.mjs', 'fetch', ...args, '--parallel', '1'], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void child.kill())
  return { child, ended: new Promise(resolve => child.on('close', resolve)) }
}

describe.each(LAYOUTS)('%s', layout => {
  const local = () => ['--archive', release.zip]
  const bytesOf = async (out: string) =>
    Promise.all((await finalFiles(layout, out)).map(path => readFile(path)))

  test('over HTTP come the files of the filter alone, neighbours together', async () => {
    const { server, archive } = await serve()
    const { out, args } = await target(layout, release)
    const where = ['--where', 'modality=CT&label=liver', ...archive]
    const { code, lines } = await runFetch(...args, ...where)
    expect(code, lines).toBe(0)
    const liver = release.paths.filter(path => /ct_00/.test(path) && !path.includes('--0002_'))
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(liver))
    // Far fewer requests than files.
    expect(server.requests.length).toBeLessThan(60)
  })

  test('the same bytes each time, and nothing else is left there', async () => {
    const all: Buffer[][] = []
    for (const parallel of ['1', '6']) {
      const { dir, out, args } = await target(layout, release)
      const { code } = await runFetch(...args, ...local(), '--parallel', parallel)
      expect(code).toBe(0)
      all.push(await bytesOf(out))
      expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
      const left = await readdir(dir, { recursive: true })
      expect(left.filter(name => /incomplete|lock/.test(name))).toEqual([])
    }
    expect(all[0]?.length).toBe(layout === 'zip' ? 1 : all[1]?.length)
    expect(all[0]?.every((bytes, i) => bytes.equals(all[1]?.[i] as Buffer))).toBe(true)
  })

  test('what is whole is left; a wrong byte is found and fetched anew', async () => {
    const { out, args } = await target(layout, release)
    await runFetch(...args, ...local())
    const before = await bytesOf(out)
    const again = await runFetch(...args, ...local())
    expect(JSON.parse(again.output)).toMatchObject({ files: 0, skipped: release.paths.length })
    const [first] = await finalFiles(layout, out)
    const file = await open(first as string, 'r+')
    await file.write(Buffer.from('?'), 0, 1, 2500)
    await file.close()
    const repaired = await runFetch(...args, ...local())
    expect(repaired.code, repaired.lines).toBe(0)
    expect(JSON.parse(repaired.output)).toMatchObject({
      files: 1,
      skipped: release.paths.length - 1,
      failed: [],
    })
    const after = await bytesOf(out)
    expect(after.every((bytes, i) => bytes.equals(before[i] as Buffer))).toBe(true)
  })

  test.skipIf(layout === 'folder')(
    'a file of its name that is another one is not touched',
    async () => {
      const { dir, out, args } = await target(layout, release)
      if (layout === 'tar') await mkdir(out)
      const foreign = layout === 'zip' ? out : join(out, 'subset-000000.tar')
      await writeFile(foreign, 'mine')
      const { code, lines } = await runFetch(...args, ...local())
      expect(code).toBe(1)
      expect(lines).toMatch(/exists with other content \(4 bytes/)
      expect(await readFile(foreign, 'utf8')).toBe('mine')
      expect((await readdir(dir)).filter(name => name.endsWith('.lock'))).toEqual([])
    },
  )

  test('cut fifty times at random, everything arrives whole', async () => {
    const cutting = cutAtRandom(50)
    const { archive } = await serve(cutting.script)
    const { out, args } = await target(layout, release)
    const { code, lines } = await runFetch(...args, ...archive)
    expect(code, lines).toBe(0)
    expect(cutting.cuts).toBe(50)
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
  }, 120_000)

  test('a byte that is wrong on the way is fetched anew', async () => {
    const flipping = flipByte(1)
    const { archive } = await serve(flipping.script)
    const { out, args } = await target(layout, release)
    const { code, lines } = await runFetch(...args, ...archive)
    expect(code, lines).toBe(0)
    expect(flipping.left).toBe(0)
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
  })

  test('a byte that is wrong in the archive is named, and what lacks it has no final name', async () => {
    const flipping = flipByte(Number.POSITIVE_INFINITY)
    const { archive } = await serve(flipping.script)
    const { out, args } = await target(layout, release)
    const { code, lines } = await runFetch(...args, ...archive)
    expect(code).toBe(1)
    expect(lines).toMatch(/1 file could not be fetched: .*a\.z02: "SAMed2Dv1\/(images|masks)\//)
    const there = picturesIn(await contents(layout, out, release))
    if (layout === 'folder') expect(there.length).toBe(release.paths.length - 1)
    else if (layout === 'zip') expect(there).toEqual([])
    else expect(there.length).toBeGreaterThan(0)
    expect(there.length).toBeLessThan(release.paths.length)
    flipping.left = 0
    const { output } = await runFetch(...args, ...archive)
    expect(JSON.parse(output)).toMatchObject({ files: 1, skipped: release.paths.length - 1 })
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
  }, 60_000)

  test('killed in the middle, nothing unfinished has a final name, and a second run goes on', async () => {
    const { archive } = await serve(async () => {
      await wait(60)
      return undefined
    })
    const { dir, out, args } = await target(layout, release)
    const temporary = join(dir, 'temporary')
    await mkdir(temporary)
    const { child, ended } = start([...args, ...archive], { TMPDIR: temporary })
    const begun = async () =>
      layout === 'zip'
        ? ((await stat(`${out}.incomplete`).catch(() => null))?.size ?? 0) > 50_000
        : (await finalFiles(layout, out)).length >= 2
    while (!(await begun()) && child.exitCode === null) await wait(5)
    child.kill('SIGKILL')
    await ended
    // What goes with the files is made as it is written.
    expect((await readdir(temporary)).filter(name => name.startsWith('samed2d-'))).toEqual([])
    const there = picturesIn(await contents(layout, out, release))
    expect(there.length).toBeLessThan(release.paths.length)
    const { code, output, lines } = await runFetch(...args, ...local())
    expect(code, lines).toBe(0)
    const { files, skipped } = JSON.parse(output)
    expect(files + skipped).toBe(release.paths.length)
    // At least the two files that had begun it; shards and ZIP hold several each.
    expect(skipped).toBeGreaterThan(layout === 'folder' ? 1 : 5)
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
  }, 60_000)

  test('a second copy at the same place is refused', async () => {
    const { archive } = await serve(async () => {
      await wait(60)
      return undefined
    })
    const { dir, out, args } = await target(layout, release)
    const { child, ended } = start([...args, ...archive])
    const lock = layout === 'zip' ? /\.lock$/ : /\.samed2d-fetch\.lock$/
    const isLocked = async () =>
      (await readdir(dir, { recursive: true })).some(name => lock.test(name))
    while (!(await isLocked()) && child.exitCode === null) await wait(5)
    const { code, lines } = await runFetch(...args, ...local())
    expect(code).toBe(1)
    expect(lines).toContain(`another fetch (process ${child.pid}) is writing there`)
    await ended
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(release.paths))
  }, 60_000)

  test('a list of names is enough; what the archive lacks is said', async () => {
    const { dir, out } = await target(layout, release)
    const list = join(dir, 'files.txt')
    const some = release.paths.slice(-5)
    const run = (...more: string[]) =>
      runFetch('--subset', list, ...local(), '--out', out, '--layout', layout, ...more)
    await writeFile(list, some.join('\n'))
    const { code, lines } = await run()
    expect(code, lines).toBe(0)
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(some))
    await writeFile(
      list,
      [...some, 'images/not-there.png', 'images/../../etc/passwd.png'].join('\n'),
    )
    await rm(out, { recursive: true })
    const again = await run()
    expect(again.code).toBe(1)
    expect(again.lines).toContain(
      `--subset ${list}: 2 names cannot be fetched: line 7: "images/../../etc/passwd.png" is not in the archive; line 6: "images/not-there.png" is not in the archive; correct them, or add --allow-missing to fetch the other 5 files`,
    )
    expect(await readdir(dir)).toEqual(['files.txt'])
    const allowed = await run('--allow-missing')
    expect(allowed.code, allowed.lines).toBe(0)
    expect(allowed.lines).toContain('Not in the archive: 2 files, such as line 7')
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(some))
    expect(sorted(await readdir(dir))).toEqual(sorted(['files.txt', out.slice(dir.length + 1)]))
  })

  test('a dry run writes nothing', async () => {
    const { dir, args } = await target(layout, release)
    const { code, output } = await runFetch(...args, ...local(), '--dry-run')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({
      layout,
      files: release.paths.length,
      missing: 0,
    })
    expect(await readdir(dir)).toEqual([])
  })
})

test('shards keep to their bounds; a split has its own, and says so', async () => {
  const { out, args } = await target('tar', release)
  const rest = ['--archive', release.zip, '--split', '0.5,0.25,0.25', '--name', 'my set']
  const { code, lines } = await runFetch(...args, ...rest, '--shard-samples', '4')
  expect(code, lines).toBe(0)
  const shards = await finalFiles('tar', out)
  for (const path of shards) {
    expect(path).toMatch(/my-set-(train|val|test)-\d{6}\.tar$/)
    expect((await stat(path)).size).toBeLessThanOrEqual(100_000)
    const text = await readFile(path, 'latin1')
    const [, split] = /my-set-(\w+)-/.exec(path) ?? []
    const said = [...text.matchAll(/"split":"(\w+)"/g)].map(([, name]) => name)
    expect(said.length).toBeLessThanOrEqual(4)
    expect(new Set(said)).toEqual(new Set([split]))
  }
  // Of other bounds: whoever reads the folder would mix them.
  const other = await runFetch(...args, ...rest, '--shard-samples', '40')
  expect(other.code).toBe(1)
  expect(other.lines).toMatch(
    /is a shard of another subset, or was written with other --shard-bytes/,
  )
})

test.each([1, 3])(
  'shards that are fetched %i samples at a time are the same',
  async batchSamples => {
    const archive = await openArchive(release.zip)
    onTestFinished(() => archive.close())
    const fetched = async (options: { batchSamples?: number }) => {
      const out = join(await temporaryFolder(), 'shards')
      const wanted = await wantedOfList(
        { kind: 'archive', archive },
        { list: null, names: release.paths },
        () => {},
        QUIET.signal,
      )
      const limits = { maxBytes: 100_000, maxSamples: 4 }
      const sink = tarSink(out, wanted, {
        ...limits,
        ...options,
        name: 'set',
        lines: null,
        companions: [],
      })
      const { failed } = await fetchFiles(archiveFiles(archive), sink, { ...QUIET, parallel: 3 })
      wanted.close()
      expect(failed).toEqual([])
      return Promise.all((await finalFiles('tar', out)).map(path => readFile(path)))
    }
    const whole = await fetched({})
    expect(whole.length).toBeGreaterThan(1)
    expect(await fetched({ batchSamples })).toEqual(whole)
  },
)

const QUIET = { signal: new AbortController().signal, onProgress: () => {} }
