import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { UserError } from '../../lib/errors'
import { type ArchiveSource, archiveSource } from '../../lib/ingest/archive-release.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { planIngest, planText } from '../../lib/ingest/plan-ingest.node.ts'
import type { TableName } from '../../lib/manifest/tables'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { temporaryFolder, written } from '../archive/temporary-archive'
import { type Fault, startRangeServer } from '../fixtures/range-server'
import {
  indexText,
  listed,
  makeRelease,
  type ReleaseSpec,
  SMALL_RELEASE,
} from '../fixtures/release'
import { describeSamples, ZIP } from '../fixtures/sample-release'
import { makeZip, writeParts, type ZipEntry } from '../fixtures/zip-writer'

const FOLDER = 'SAMed2Dv1/'
const INDEX = `${FOLDER}SAMed2D_v1.json`
const CLASS_MAP = `${FOLDER}SAMed2D_v1_class_mapping_id.json`

const picture = (path: string): ZipEntry => ({
  name: FOLDER + path,
  data: Buffer.from(`content of ${path}`),
})

/** Every file of a release, as entries of an archive. */
function entriesOf({ index, classMap }: ReleaseSpec = SMALL_RELEASE): ZipEntry[] {
  return [
    ...index.flatMap(([image, masks]) => [image, ...(masks as string[])]).map(picture),
    { name: INDEX, data: Buffer.from(indexText(index)) },
    { name: CLASS_MAP, data: Buffer.from(JSON.stringify(classMap)) },
  ]
}

async function ingested(location: string | ArchiveSource) {
  const out = join(await temporaryFolder(), 'manifest')
  return { out, ...(await ingestRelease(location, { out })) }
}

async function tableOf<Row extends object>(out: string, table: TableName): Promise<Row[]> {
  const { engine } = await openManifest(out)
  onTestFinished(() => engine.close())
  return engine.rows<Row>({ text: `FROM ${table}`, params: [] })
}

const rejectsIn = async (out: string) =>
  (await tableOf<{ kind: string; reason: string; text: string }>(out, 'rejects'))
    .map(({ kind, reason, text }) => `${kind} ${reason} ${text}`)
    .sort()

const FIRST_MASKS = SMALL_RELEASE.index[0]?.[1] as readonly string[]

test('an archive gives the rows of its release, and the place and size of every file', async () => {
  const release = await makeRelease()
  onTestFinished(() => release.remove())
  const fromIndex = await ingestRelease(release.indexPath, { out: release.out })
  const { out, manifest, rejects, others } = await ingested(
    await written(entriesOf(), { partBytes: [700], zip64: true }),
  )
  expect(rejects).toEqual({})
  expect(others).toEqual({ count: 0, first: [] })
  // The same but for what only the archive knows: sizes of images and masks.
  for (const [table, files] of Object.entries(fromIndex.manifest.files))
    if (!['images', 'masks', 'cube_images'].includes(table))
      expect(manifest.files[table]).toEqual(files)
  const strip = (rows: { bytes: number | null }[]) => rows.map(row => ({ ...row, bytes: null }))
  for (const table of ['images', 'masks'] as const) {
    const rows = await tableOf<{ bytes: number | null }>(out, table)
    expect(strip(rows)).toEqual(await tableOf(release.out, table))
    expect(rows.every(({ bytes }) => bytes !== null)).toBe(true)
    expect(manifest.summary.totals[table]).toBe(rows.length)
  }
  expect(manifest.summary.totals.sizedImages).toBe(manifest.summary.totals.images)
  expect(manifest.archive?.prefix).toBe(FOLDER)
  expect(manifest.files.locator?.[0]?.rows).toBe(14)
  const { findings } = await verifyManifest(out)
  expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
})

test('what only the index has, and what only the archive has, is refused by name', async () => {
  const extra = 'images/ct_00--BTCV--new--z_0001.png'
  const entries = entriesOf().filter(
    ({ name }) => name !== FOLDER + FIRST_MASKS[1] && name !== FOLDER + SMALL_RELEASE.index[1]![0],
  )
  const { out, images, masks, seen } = await ingested(
    await written([...entries, picture(extra), { name: `${FOLDER}README.md`, data: Buffer.of(1) }]),
  )
  const [lostImage, itsMasks] = SMALL_RELEASE.index[1] as readonly [string, readonly string[]]
  expect(await rejectsIn(out)).toEqual(
    [
      `entry not-in-index ${extra}`,
      // Its image is gone, so it is listed under none.
      ...itsMasks.map(mask => `mask image-rejected ${mask}`),
      `image not-in-archive ${lostImage}`,
      `mask not-in-archive ${FIRST_MASKS[1]}`,
    ].sort(),
  )
  expect({ images, masks }).toEqual({ images: seen.images - 1, masks: seen.masks - 2 })
  const { findings } = await verifyManifest(out)
  expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
})

test('a name that the archive has twice is refused: which file is meant is not known', async () => {
  const { out } = await ingested(await written([...entriesOf(), picture(FIRST_MASKS[0]!)]))
  expect(await rejectsIn(out)).toEqual([`mask repeated-entry ${FIRST_MASKS[0]}`])
})

test('unsafe entries are refused with the reason, other files are counted', async () => {
  const { out, others } = await ingested(
    await written([
      // What macOS adds looks like a release of its own.
      { name: `__MACOSX/${FOLDER}images/._x.png`, data: Buffer.of(1) },
      ...entriesOf(),
      { name: `${FOLDER}images/../x.png`, data: Buffer.of(1) },
      { name: '/images/abs.png', data: Buffer.of(1) },
      { name: `${FOLDER}images/nul\0.png`, data: Buffer.of(1) },
      { name: `${FOLDER}masks/secret.png`, flags: 1, data: Buffer.of(1) },
      { name: `${FOLDER}masks/link.png`, mode: 0o120777, data: Buffer.of(1) },
      { name: `${FOLDER}masks/odd.png`, method: 12, data: Buffer.of(1) },
      { name: '__MACOSX/._x', data: Buffer.of(1) },
      { name: `${FOLDER}masks/`, data: Buffer.alloc(0) },
    ]),
  )
  expect(await rejectsIn(out)).toEqual([
    'entry unsafe-entry /images/abs.png: has an absolute path',
    `entry unsafe-entry ${FOLDER}images/../x.png: leads out of the folder (..)`,
    `entry unsafe-entry ${FOLDER}images/nul\0.png: has a NUL or another control character in its name`,
    `entry unsafe-entry ${FOLDER}masks/link.png: is a symbolic link or special file`,
    `entry unsafe-entry ${FOLDER}masks/odd.png: is compressed with a method other than stored or deflated`,
    `entry unsafe-entry ${FOLDER}masks/secret.png: is encrypted`,
  ])
  expect(others).toEqual({ count: 2, first: [`__MACOSX/${FOLDER}images/._x.png`, '__MACOSX/._x'] })
})

test('a listed picture whose entry must not be used is one reject, under its own kind', async () => {
  const [image] = SMALL_RELEASE.index[2] as readonly [string, unknown]
  const locked = [image, FIRST_MASKS[0] as string]
  const { out } = await ingested(
    await written(
      entriesOf().map(entry =>
        locked.some(path => entry.name === FOLDER + path) ? { ...entry, flags: 1 } : entry,
      ),
    ),
  )
  const rejects = await rejectsIn(out)
  for (const path of locked) expect(rejects.filter(line => line.includes(path))).toHaveLength(1)
  expect(rejects).toContain(`image unsafe-entry ${image}`)
  expect(rejects).toContain(`mask unsafe-entry ${FIRST_MASKS[0]}`)
  const { findings } = await verifyManifest(out)
  expect(findings.filter(({ problem }) => problem !== null)).toEqual([])
})

test('index and class map of another folder are not taken for those of the release', async () => {
  const other = [
    { name: 'old/SAMed2D_v1.json', data: Buffer.from('{"images/x.png": []}') },
    {
      name: 'old/SAMed2D_v1_class_mapping_id.json',
      data: Buffer.from('{"Other": {"a": "0001", "b": "1"}}'),
    },
  ]
  const { manifest, rejects } = await ingested(await written([...other, ...entriesOf()]))
  const whole = await ingested(await written(entriesOf()))
  expect(rejects).toEqual({})
  expect(manifest.files.masks).toEqual(whole.manifest.files.masks)
})

test('without an index names alone say what there is', async () => {
  const orphan = 'masks/ct_00--BTCV--gone--z_0001--0001_000.png'
  const { out, manifest } = await ingested(
    await written([...entriesOf().filter(({ name }) => name !== INDEX), picture(orphan)]),
  )
  const whole = await ingested(await written(entriesOf()))
  expect(await rejectsIn(out)).toEqual([`mask no-image ${orphan}`])
  for (const table of ['images', 'masks', 'cases', 'labels', 'cube_images'] as const)
    expect(manifest.files[table], table).toEqual(whole.manifest.files[table])
})

test.each([
  [
    'the class map',
    entriesOf().filter(({ name }) => name !== CLASS_MAP),
    /has no SAMed2Dv1\/SAMed2D_v1_class_mapping_id\.json/,
  ],
  ['pictures', [{ name: 'readme.txt', data: Buffer.of(1) }], /holds no pictures/],
])('an archive without %s is refused', async (_, entries, message) => {
  const out = join(await temporaryFolder(), 'manifest')
  const attempt = ingestRelease(await written(entries as ZipEntry[]), { out })
  await expect(attempt).rejects.toThrow(message)
  await expect(attempt).rejects.toBeInstanceOf(UserError)
})

test('a dry run says what would be read', async () => {
  const plan = await planIngest(await written(entriesOf(), { partBytes: [700] }), 'somewhere')
  expect(plan.archive?.entries).toBe(16)
  expect(plan.indexBytes).toBe(deflateRawSync(indexText(SMALL_RELEASE.index), { level: 1 }).length)
  expect(planText(plan)).toMatch(
    /16 entries\nto read: the directory, .* bytes\), then the index, .* bytes\), and the class map/,
  )
})

/** Parts of an archive as a server has them. */
const served = (parts: readonly Buffer[]) =>
  Object.fromEntries(
    parts.map((bytes, i) => [
      i === parts.length - 1 ? '/a.zip' : `/a.z${String(i + 1).padStart(2, '0')}`,
      bytes,
    ]),
  )

/** A release large enough that its directory and index take many requests. */
const MANY: ReleaseSpec = {
  classMap: SMALL_RELEASE.classMap,
  index: Array.from({ length: 12_000 }, (_, i) =>
    listed(
      `ct_00--BTCV--case_${i >> 7}--z_${String(i & 127).padStart(4, '0')}`,
      '0001_000',
      '0002_000',
    ),
  ),
}

/** A number below 1 from a seed, the same in every run. */
function randomOf(state: number) {
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** What a host may do to a request; the bytes that it sends before are a share of those asked for. */
const FAULTS: readonly ((bytes: number) => Fault)[] = [
  bytes => ({ bytes, ends: 'cut' }),
  bytes => ({ bytes, ends: 'stall' }),
  bytes => ({ bytes, ends: 'short' }),
  () => ({ status: 429, headers: { 'retry-after': '1' } }),
  () => ({ status: 503 }),
]

test.each([
  ['cut', FAULTS.slice(0, 1)],
  ['cut, stalled, ended early, put off or refused', FAULTS],
])(
  '%s fifty times at random, an ingest over HTTP ends in the same manifest as a local one',
  async (_, faults) => {
    const dir = await temporaryFolder()
    const entries = entriesOf(MANY).map(entry => ({ ...entry, method: 0 }))
    const parts = makeZip(entries, { partBytes: [100_000] })
    const local = await ingested(await writeParts(dir, 'a', parts))
    let broken = 0
    const random = randomOf(1)
    // A place that never gets through is given up after six attempts, and rightly.
    const brokenAt = new Map<string, number>()
    const server = await startRangeServer(served(parts), ({ path, start, end }) => {
      const place = `${path} ${end}`
      const before = brokenAt.get(place) ?? 0
      if (broken === 50 || before === 3 || random() < 0.2) return undefined
      brokenAt.set(place, before + 1)
      const fault = faults[broken++ % faults.length]
      return fault?.(Math.floor(random() * (end - start + 1)))
    })
    onTestFinished(() => server.close())
    const archive = await openArchive(`${server.url}/a.zip`, {
      http: { stallMs: 400, retries: { wait: async () => {} } },
    })
    onTestFinished(() => archive.close())
    const remote = await ingested(archiveSource(archive))
    expect(broken).toBe(50)
    // A connection that was cut may fail once more when it is used again.
    expect(archive.counters.retries).toBeGreaterThanOrEqual(50)
    expect(remote.manifest.id).toBe(local.manifest.id)
    expect(remote.manifest.files).toEqual(local.manifest.files)
  },
  60_000,
)

test('a part that is missing is named, and nothing is written', async () => {
  const dir = await temporaryFolder()
  const location = await writeParts(dir, 'a', makeZip(entriesOf(), { partBytes: [700] }))
  await rm(join(dir, 'a.z02'))
  const out = join(dir, 'manifest')
  for (const attempt of [ingestRelease(location, { out }), planIngest(location, out)])
    await expect(attempt).rejects.toThrow(/a\.z02: no such file/)
  expect(await readdir(dir)).not.toContain('manifest')
})

test('one part in place of the .zip, and parts in another order, are said', async () => {
  const dir = await temporaryFolder()
  const location = await writeParts(dir, 'a', makeZip(entriesOf(), { partBytes: [700] }))
  const out = join(dir, 'manifest')
  const part = join(dir, 'a.z01')
  await expect(ingestRelease(part, { out })).rejects.toThrow(
    /one part of a split archive; give its .zip/,
  )
  const [first, second] = [await readFile(part), await readFile(join(dir, 'a.z02'))]
  await writeFile(part, second)
  await writeFile(join(dir, 'a.z02'), first)
  await expect(ingestRelease(location, { out })).rejects.toThrow(
    /a\.z0\d: .*(truncated|renamed|another archive)/,
  )
  expect(await readdir(dir)).not.toContain('manifest')
})

test('a file that changes while it is read is an error, and the old manifest stays', async () => {
  const parts = makeZip(entriesOf(), { partBytes: [1500] })
  const first = await ingested(await written(entriesOf()))
  let requests = 0
  const server = await startRangeServer(served(parts), () => {
    requests++
    return { etag: `"${Math.floor(requests / 9)}"` }
  })
  onTestFinished(() => server.close())
  await expect(ingestRelease(`${server.url}/a.zip`, { out: first.out })).rejects.toThrow(
    /changed|another/i,
  )
  expect(JSON.parse(await readFile(join(first.out, 'manifest.json'), 'utf8')).id).toBe(
    first.manifest.id,
  )
})

test('a host without ranges is a clear error', async () => {
  const server = createServer((_, response) => response.end('all of it'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const out = join(await temporaryFolder(), 'manifest')
  await expect(ingestRelease(`http://127.0.0.1:${port}/a.zip`, { out })).rejects.toThrow(/range/i)
})

describeSamples(sample => {
  test('its archive gives the rows of its folder', async () => {
    const { out, rejects, manifest } = await ingested(ZIP)
    expect(rejects).toEqual({})
    const masks = (await tableOf(out, 'masks')).map(row => ({ ...row, bytes: null }))
    expect(masks).toEqual(await tableOf(sample.out, 'masks'))
    expect(manifest.files.locator?.[0]?.rows).toBe(37)
  })
})
