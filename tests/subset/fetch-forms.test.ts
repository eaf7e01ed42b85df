import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'
import { startRangeServer } from '../fixtures/range-server'
import { indexText, listed } from '../fixtures/release'
import { FETCH_SPEC, type FetchRelease, fetchRelease, runFetch } from './fetch-release'

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

const FORMS = ['tar', 'zip'] as const
type Form = (typeof FORMS)[number]

/** Place and options of a fetch of one form; shards of a few images. */
async function target(form: Form) {
  const dir = await temporaryFolder()
  const out = form === 'zip' ? join(dir, 'subset.zip') : join(dir, 'shards')
  const args = ['--manifest', release.manifest, '--out', out, '--form', form, '--json']
  return { dir, out, args: [...args, ...(form === 'tar' ? ['--shard-bytes', '100k'] : [])] }
}

/** Final files of a form. */
async function archivesOf(form: Form, out: string): Promise<string[]> {
  if (form === 'zip') return (await stat(out).catch(() => null)) ? [out] : []
  const names = await readdir(out).catch(() => [])
  return names
    .filter(name => name.endsWith('.tar'))
    .map(name => join(out, name))
    .sort()
}

/**
 * What the final files of a form hold, by path within the release: read by other programs than ours.
 * Every picture must be right.
 */
async function contents(form: Form, out: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const path of await archivesOf(form, out))
    for (const [name, data] of form === 'zip' ? await unzipped(path) : await untarred(path)) {
      expect(found.has(name), name).toBe(false)
      found.set(name, data)
    }
  for (const [path, data] of found)
    if (path.endsWith('.png')) expect(data.equals(release.contentOf(path)), path).toBe(true)
  return found
}

async function unzipped(path: string): Promise<[string, Buffer][]> {
  const reader = new ZipReader(new BlobReader(new Blob([await readFile(path)])))
  const found: [string, Buffer][] = []
  for (const entry of await reader.getEntries()) {
    if (entry.directory) throw new Error(`${entry.filename} is a folder`)
    const data = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })
    expect(entry.filename).toMatch(/^SAMed2Dv1\//)
    found.push([entry.filename.slice('SAMed2Dv1/'.length), Buffer.from(data)])
  }
  return found
}

/** By `tar`; each sample's JSON says what its fields are. */
async function untarred(path: string): Promise<[string, Buffer][]> {
  const dir = await temporaryFolder()
  execFileSync('tar', ['-xf', path, '-C', dir])
  const names = execFileSync('tar', ['-tf', path, '--quoting-style=literal'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  })
  const keys = names
    .split('\n')
    .filter(Boolean)
    .map(name => name.slice(0, name.indexOf('.')))
  // All of a sample in a row, as WebDataset reads them.
  expect(keys.filter((key, i) => key !== keys[i - 1])).toHaveLength(new Set(keys).size)
  const found: [string, Buffer][] = []
  for (const key of new Set(keys)) {
    const { image, masks } = JSON.parse(await readFile(join(dir, `${key}.json`), 'utf8'))
    found.push([image, await readFile(join(dir, `${key}.png`))])
    for (const { field, path } of masks)
      found.push([path, await readFile(join(dir, `${key}.${field}`))])
  }
  expect(await readdir(dir)).toHaveLength(found.length + new Set(keys).size)
  return found
}

const picturesIn = (found: Map<string, Buffer>) =>
  [...found.keys()].filter(path => path.endsWith('.png')).sort()

const sorted = (paths: readonly string[]) => [...paths].sort()

describe.each(FORMS)('%s', form => {
  test('filter → fetch over HTTP → ingest gives the counts of the filter', async () => {
    const server = await startRangeServer(release.files)
    onTestFinished(() => server.close())
    const { dir, out, args } = await target(form)
    const where = ['--where', 'modality=CT&label=liver', '--archive', `${server.url}/a.zip`]
    const { code, lines } = await runFetch(...args, ...where)
    expect(code, lines).toBe(0)
    const found = await contents(form, out)
    const liver = release.paths.filter(path => /ct_00/.test(path) && !path.includes('--0002_'))
    expect(picturesIn(found)).toEqual(sorted(liver))
    const manifest = join(dir, 'manifest')
    let source = out
    if (form === 'tar') {
      // What the shards themselves say, put back into a release.
      source = join(dir, 'SAMed2Dv1')
      await mkdir(source)
      const images = picturesIn(found).filter(path => path.startsWith('images/'))
      const index = images.map(image => {
        const stem = image.slice('images/'.length, -'.png'.length)
        const own = (path: string) => path.startsWith(`masks/${stem}--`)
        return [image, picturesIn(found).filter(own)] as const
      })
      await writeFile(join(source, 'SAMed2D_v1.json'), indexText(index))
      await writeFile(
        join(source, 'SAMed2D_v1_class_mapping_id.json'),
        JSON.stringify(SPEC.classMap),
      )
    }
    const again = await ingestRelease(source, { out: manifest })
    expect([again.images, again.masks, again.rejects]).toEqual([41, 42, {}])
    if (form === 'tar') {
      // The folder of the shards has index and class map too.
      const beside = await ingestRelease(out, { out: `${manifest}-2` })
      expect([beside.images, beside.masks, beside.rejects]).toEqual([41, 42, {}])
    }
    // Neighbours come together: far fewer requests than files.
    expect(server.requests.length).toBeLessThan(60)
  })

  test('the same bytes each time, and nothing else is left there', async () => {
    const all: Buffer[][] = []
    for (const parallel of ['1', '6']) {
      const { dir, out, args } = await target(form)
      const { code } = await runFetch(...args, '--archive', release.zip, '--parallel', parallel)
      expect(code).toBe(0)
      all.push(await Promise.all((await archivesOf(form, out)).map(path => readFile(path))))
      expect(picturesIn(await contents(form, out))).toEqual(sorted(release.paths))
      const left = await readdir(form === 'zip' ? dir : out)
      expect(left.filter(name => /incomplete|lock/.test(name))).toEqual([])
    }
    expect(all[0]?.length).toBe(form === 'zip' ? 1 : all[1]?.length)
    expect(all[0]?.every((bytes, i) => bytes.equals(all[1]?.[i] as Buffer))).toBe(true)
  })

  test('what is whole is left; a wrong byte is found and fetched anew', async () => {
    const { out, args } = await target(form)
    const local = [...args, '--archive', release.zip]
    await runFetch(...local)
    const before = await Promise.all((await archivesOf(form, out)).map(path => readFile(path)))
    const again = await runFetch(...local)
    expect(JSON.parse(again.output)).toMatchObject({ files: 0, skipped: release.paths.length })
    const [first] = await archivesOf(form, out)
    const file = await open(first as string, 'r+')
    await file.write(Buffer.from('?'), 0, 1, 5000)
    await file.close()
    const repaired = await runFetch(...local)
    expect(repaired.code, repaired.lines).toBe(0)
    expect(JSON.parse(repaired.output)).toMatchObject({ files: 1 })
    const after = await Promise.all((await archivesOf(form, out)).map(path => readFile(path)))
    expect(after.every((bytes, i) => bytes.equals(before[i] as Buffer))).toBe(true)
  })

  test('a file of its name that is another one is not touched', async () => {
    const { dir, out, args } = await target(form)
    if (form === 'tar') await mkdir(out)
    const foreign = form === 'zip' ? out : join(out, 'subset-000000.tar')
    await writeFile(foreign, 'mine')
    const { code, lines } = await runFetch(...args, '--archive', release.zip)
    expect(code).toBe(1)
    expect(lines).toMatch(/is there, and is not what would be written \(4 bytes/)
    expect(await readFile(foreign, 'utf8')).toBe('mine')
    expect((await readdir(dir)).filter(name => name.endsWith('.lock'))).toEqual([])
  })

  test('cut fifty times at random, everything arrives whole', async () => {
    let cuts = 0
    let state = 7
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
    const cutAt = new Map<string, number>()
    const server = await startRangeServer(release.files, ({ path, start, end }) => {
      const place = `${path} ${end}`
      const before = cutAt.get(place) ?? 0
      if (cuts === 50 || before === 2 || random() < 0.1) return undefined
      cuts++
      cutAt.set(place, before + 1)
      return { bytes: Math.floor(random() * (end - start + 1)), ends: 'cut' }
    })
    onTestFinished(() => server.close())
    const { out, args } = await target(form)
    const { code, lines } = await runFetch(...args, '--archive', `${server.url}/a.zip`)
    expect(code, lines).toBe(0)
    expect(cuts).toBeGreaterThan(30)
    expect(picturesIn(await contents(form, out))).toEqual(sorted(release.paths))
  }, 120_000)

  test('a byte that is wrong in the archive is named, and what lacks it has no final name', async () => {
    let broken = true
    const server = await startRangeServer(release.files, ({ path, start, end }) =>
      broken && path === '/a.z02' && start <= 40_000 && end >= 40_000
        ? { flip: 40_000 }
        : undefined,
    )
    onTestFinished(() => server.close())
    const { out, args } = await target(form)
    const remote = [...args, '--archive', `${server.url}/a.zip`]
    const { code, lines } = await runFetch(...remote)
    expect(code).toBe(1)
    expect(lines).toMatch(/1 file could not be had: .*a\.z02: "SAMed2Dv1\/(images|masks)\//)
    const there = picturesIn(await contents(form, out))
    expect(there.length).toBeLessThan(release.paths.length)
    if (form === 'zip') expect(there).toEqual([])
    else expect(there.length).toBeGreaterThan(0)
    broken = false
    const { output } = await runFetch(...remote)
    expect(JSON.parse(output)).toMatchObject({ files: 1, skipped: release.paths.length - 1 })
    expect(picturesIn(await contents(form, out))).toEqual(sorted(release.paths))
  }, 60_000)

  test('killed in the middle, nothing unfinished has a final name, and a second run goes on', async () => {
    const server = await startRangeServer(release.files, async () => {
      await wait(60)
      return undefined
    })
    onTestFinished(() => server.close())
    const { out, args } = await target(form)
    const child = spawn(
      process.execPath,
      [
        ...['cli/samed2d.mjs', 'fetch', ...args],
        ...['--archive', `${server.url}/a.zip`, '--parallel', '1'],
      ],
      { stdio: 'ignore' },
    )
    const ended = new Promise(resolve => child.on('close', resolve))
    const begun = async () =>
      form === 'zip'
        ? ((await stat(`${out}.incomplete`).catch(() => null))?.size ?? 0) > 50_000
        : (await archivesOf('tar', out)).length >= 2
    while (!(await begun()) && child.exitCode === null) await wait(5)
    child.kill('SIGKILL')
    await ended
    const there = picturesIn(await contents(form, out))
    expect(there.length).toBeLessThan(release.paths.length)
    const { code, output, lines } = await runFetch(...args, '--archive', release.zip)
    expect(code, lines).toBe(0)
    const { files, skipped } = JSON.parse(output)
    expect(files + skipped).toBe(release.paths.length)
    expect(skipped).toBeGreaterThan(5)
    expect(picturesIn(await contents(form, out))).toEqual(sorted(release.paths))
  }, 60_000)

  test('a list of names is enough', async () => {
    const { dir, out } = await target(form)
    const list = join(dir, 'files.txt')
    const some = release.paths.slice(-5)
    await writeFile(list, some.join('\n'))
    const { code, lines } = await runFetch(
      ...['--subset', list, '--archive', release.zip, '--out', out, '--form', form],
    )
    expect(code, lines).toBe(0)
    expect(picturesIn(await contents(form, out))).toEqual(sorted(some))
  })

  test('a dry run writes nothing', async () => {
    const { dir, args } = await target(form)
    const { code, output } = await runFetch(...args, '--archive', release.zip, '--dry-run')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ form, files: release.paths.length, missing: 0 })
    expect(await readdir(dir)).toEqual([])
  })
})

test('shards keep to their bounds; a split has its own, and says so', async () => {
  const { out, args } = await target('tar')
  const rest = ['--archive', release.zip, '--split', '0.5,0.25,0.25', '--name', 'my set']
  const { code, lines } = await runFetch(...args, ...rest, '--shard-samples', '4')
  expect(code, lines).toBe(0)
  const shards = await archivesOf('tar', out)
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
  expect(other.lines).toMatch(/is a shard of another subset, or of other --shard-bytes/)
})

/** Inside, a user may mount what only this process and its children see. */
const UNSHARE = ['--user', '--map-root-user', '--mount']
const canMount =
  spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']).status === 0

describe.each(['folder', ...FORMS] as const)('a disk that is full, %s', form => {
  const command = (out: string) =>
    `"${process.execPath}" cli/samed2d.mjs fetch --manifest "${release.manifest}" --archive "${release.zip}" --form ${form} --shard-bytes 100k --out "${out}${form === 'zip' ? '/s.zip' : ''}" || echo "exit code $?"`

  test.skipIf(!canMount)('is said before anything is fetched', async () => {
    const dir = await temporaryFolder()
    const { stdout, stderr } = spawnSync(
      'unshare',
      [
        ...UNSHARE,
        ...[
          'sh',
          '-ec',
          `mount -t tmpfs -o size=300k tmpfs "${dir}"\n${command(dir)}; ls -A "${dir}"`,
        ],
      ],
      { encoding: 'utf8' },
    )
    expect(stderr).toMatch(/the files take \d+ kB, and \d+ kB are free; make room, or choose fewer/)
    expect(stdout).toBe('exit code 1\n')
  })

  test.skipIf(form === 'folder')(
    'in the middle leaves no final name, and goes on later',
    async () => {
      const dir = await temporaryFolder()
      const out = form === 'zip' ? join(dir, 's.zip') : dir
      // Blocks of 512 bytes in dash: no file may grow beyond.
      const { stdout, stderr } = spawnSync('sh', ['-ec', `ulimit -f 100; ${command(dir)}`], {
        encoding: 'utf8',
      })
      expect(stdout).toBe('exit code 1\n')
      expect(stderr).toMatch(/cannot be written \(.*; what is there is good/)
      expect(await archivesOf(form as Form, out)).toEqual([])
      const args = ['--manifest', release.manifest, '--archive', release.zip, '--out', out]
      const { code, lines } = await runFetch(...args, '--form', form, '--shard-bytes', '100k')
      expect(code, lines).toBe(0)
      expect(picturesIn(await contents(form as Form, out))).toEqual(sorted(release.paths))
      await rm(out, { recursive: true })
    },
  )
})
