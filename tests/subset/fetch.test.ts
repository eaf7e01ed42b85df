import { spawn } from 'node:child_process'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'
import { startRangeServer } from '../fixtures/range-server'
import { type FetchRelease, fetchRelease, runFetch as run } from './fetch-release'

let zip: string
let manifest: string
let PATHS: readonly string[]
let CT: readonly string[]
let FILES: FetchRelease['files']
let contentOf: FetchRelease['contentOf']
beforeAll(async () => {
  const release = await fetchRelease()
  ;({ zip, manifest, contentOf, paths: PATHS, files: FILES } = release)
  CT = PATHS.filter(path => path.includes('ct_00'))
  return release.remove
})

/** Every picture that is there, by its path; nothing but whole ones may be. */
async function pictures(out: string): Promise<string[]> {
  const found: string[] = []
  for (const folder of ['images', 'masks'])
    for (const name of await readdir(join(out, folder)).catch(() => [])) {
      const path = `${folder}/${name}`
      expect(Buffer.from(contentOf(path)).equals(await readFile(join(out, path))), path).toBe(true)
      found.push(path)
    }
  return found.sort()
}

const sorted = (paths: readonly string[]) => [...paths].sort()

test('filter → fetch over HTTP → folder → ingest gives the counts of the filter', async () => {
  const server = await startRangeServer(FILES)
  onTestFinished(() => server.close())
  const out = join(await temporaryFolder(), 'SAMed2Dv1')
  const { code, output, lines } = await run(
    ...[
      '--manifest',
      manifest,
      '--where',
      'modality=CT&label=liver',
      '--archive',
      `${server.url}/a.zip`,
    ],
    ...['--out', out],
  )
  expect(code, lines).toBe(0)
  expect(output).toMatch(/80 files fetched/)
  const liver = CT.filter(path => !path.includes('--0002_'))
  expect(await pictures(out)).toEqual(sorted(liver))
  const again = await ingestRelease(out, { out: join(out, '..', 'manifest') })
  expect([again.images, again.masks, again.rejects]).toEqual([40, 40, {}])
  // Neighbours come together: far fewer requests than files.
  expect(server.requests.length).toBeLessThan(80)
})

test('a list of names is enough, in any form; what the archive lacks is said', async () => {
  const dir = await temporaryFolder()
  const list = join(dir, 'files.txt')
  await writeFile(
    list,
    `${CT.slice(0, 5).join('\n')}\nimages/not-there.png\nimages/../../etc/passwd.png\n`,
  )
  const out = join(dir, 'out')
  const { code, lines } = await run('--subset', list, '--archive', zip, '--out', out)
  expect(code).toBe(1)
  expect(lines).toContain('Not in the archive: 1 file, such as images/not-there.png')
  expect(await pictures(out)).toEqual(sorted(CT.slice(0, 5)))
  expect(await readdir(dir)).toEqual(['files.txt', 'out'])
})

test('a dry run writes nothing', async () => {
  const out = join(await temporaryFolder(), 'out')
  const { code, output } = await run(
    '--manifest',
    manifest,
    '--archive',
    zip,
    '--out',
    out,
    '--dry-run',
    '--json',
  )
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ files: PATHS.length, missing: 0 })
  await expect(stat(out)).rejects.toThrow(/ENOENT/)
})

test('good files are skipped, damaged ones fetched anew', async () => {
  const out = join(await temporaryFolder(), 'out')
  const args = ['--manifest', manifest, '--archive', zip, '--out', out, '--json']
  await run(...args)
  await writeFile(join(out, PATHS[0]!), 'damaged')
  const flipped = Buffer.from(contentOf(PATHS[1]!))
  flipped[100]! ^= 1
  await writeFile(join(out, PATHS[1]!), flipped)
  const { code, output } = await run(...args)
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ files: 2, skipped: PATHS.length - 2, failed: [] })
  expect(await pictures(out)).toEqual(sorted(PATHS))
})

test('cut fifty times at random, everything arrives whole', async () => {
  let cuts = 0
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const cutAt = new Map<string, number>()
  const server = await startRangeServer(FILES, ({ path, start, end }) => {
    const place = `${path} ${end}`
    const before = cutAt.get(place) ?? 0
    if (cuts === 50 || before === 2 || random() < 0.1) return undefined
    cuts++
    cutAt.set(place, before + 1)
    return { bytes: Math.floor(random() * (end - start + 1)), ends: 'cut' }
  })
  onTestFinished(() => server.close())
  const out = join(await temporaryFolder(), 'out')
  const { code, lines } = await run(
    '--manifest',
    manifest,
    '--archive',
    `${server.url}/a.zip`,
    '--out',
    out,
  )
  expect(code, lines).toBe(0)
  expect(cuts).toBe(50)
  expect(await pictures(out)).toEqual(sorted(PATHS))
}, 120_000)

test('a byte that is wrong on the way is fetched anew; one that is wrong in the archive is named', async () => {
  const flips = (times: number) => {
    let left = times
    return startRangeServer(FILES, ({ path, start, end }) => {
      // In the data of some picture of the second part.
      if (path !== '/a.z02' || left === 0 || start > 40_000 || end < 40_000) return undefined
      left--
      return { flip: 40_000 }
    })
  }
  for (const [times, code] of [
    [1, 0],
    [Number.POSITIVE_INFINITY, 1],
  ] as const) {
    const server = await flips(times)
    onTestFinished(() => server.close())
    const out = join(await temporaryFolder(), 'out')
    const result = await run(
      '--manifest',
      manifest,
      '--archive',
      `${server.url}/a.zip`,
      '--out',
      out,
    )
    expect(result.code, result.lines).toBe(code)
    const there = await pictures(out)
    expect(there.length).toBe(PATHS.length - code)
    if (code === 1)
      expect(result.lines).toMatch(
        /1 file could not be had: .*a\.z02: "SAMed2Dv1\/(images|masks)\//,
      )
  }
}, 60_000)

describe('as a process of its own', () => {
  const start = (out: string, url: string) =>
    spawn(
      process.execPath,
      [
        'cli/samed2d.mjs',
        'fetch',
        '--manifest',
        manifest,
        '--archive',
        url,
        '--out',
        out,
        '--parallel',
        '1',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )

  test('killed in the middle, only whole files are there, and a second run completes', async () => {
    const server = await startRangeServer(FILES, async () => {
      await wait(40)
      return undefined
    })
    onTestFinished(() => server.close())
    const out = join(await temporaryFolder(), 'out')
    const child = start(out, `${server.url}/a.zip`)
    while (
      (await readdir(join(out, 'images')).catch(() => [])).length < 5 &&
      child.exitCode === null
    )
      await wait(5)
    child.kill('SIGKILL')
    await new Promise(resolve => child.on('close', resolve))
    for (const folder of ['images', 'masks'])
      for (const name of await readdir(join(out, folder)))
        if (name.endsWith('.incomplete')) await rm(join(out, folder, name))
    expect((await pictures(out)).length).toBeLessThan(PATHS.length)
    const { code, lines } = await run('--manifest', manifest, '--archive', zip, '--out', out)
    expect(code, lines).toBe(0)
    expect(await pictures(out)).toEqual(sorted(PATHS))
  }, 60_000)

  test('a second copy in the same folder is refused', async () => {
    const server = await startRangeServer(FILES, async () => {
      await wait(100)
      return undefined
    })
    onTestFinished(() => server.close())
    const out = join(await temporaryFolder(), 'out')
    const child = start(out, `${server.url}/a.zip`)
    const ended = new Promise(resolve => child.on('close', resolve))
    onTestFinished(() => void child.kill())
    while (!(await readdir(out).catch(() => [] as string[])).includes('.samed2d-fetch.lock'))
      await wait(5)
    const { code, lines } = await run('--manifest', manifest, '--archive', zip, '--out', out)
    expect(code).toBe(1)
    expect(lines).toContain(`another fetch (process ${child.pid}) works there`)
    await ended
    expect(await pictures(out)).toEqual(sorted(PATHS))
  }, 60_000)
})
