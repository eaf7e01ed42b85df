import { renameSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measure } from '../../lib/measure/measure.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { greyPng } from '../images/png'
import { archiveOf, type Files, releaseWith, tablesOf } from './measured-release'

const STEMS = ['sound', 'flat', 'two', 'gone', 'torn', 'bare'] as const
type Stem = (typeof STEMS)[number]
/** Images are numbered in the order of their case's name. */
const ID: Readonly<Record<Stem, number>> = { bare: 0, flat: 1, gone: 2, sound: 3, torn: 4, two: 5 }

const stem = (name: Stem) => `ct_00--BTCV--${name}--z_0001`
const image = (name: Stem) => `images/${stem(name)}.png`
const mask = (name: Stem, key: string) => `masks/${stem(name)}--${key}.png`

const SPEC: ReleaseSpec = {
  index: [
    listed(
      stem('sound'),
      '0001_000',
      '0001_001',
      '0001_002',
      '0001_003',
      '0002_000',
      '0002_001',
      '0002_002',
    ),
    listed(stem('flat'), '0001_000'),
    listed(stem('two')),
    listed(stem('gone'), '0001_000'),
    listed(stem('torn'), '0002_000'),
    listed(stem('bare')),
  ],
  classMap: { BTCV: { liver: '0001', spleen: '0002' } },
}

const box = (x0: number, y0: number, x1: number, y1: number) => (x: number, y: number) =>
  x >= x0 && x < x1 && y >= y0 && y < y1 ? 255 : 0
const slope = (x: number, y: number) => x + y

/** Every flag once: sizes are 9 × 7, but of the image without masks. */
const FILES: Files = {
  [image('sound')]: greyPng(9, 7, slope),
  [mask('sound', '0001_000')]: greyPng(9, 7, box(2, 1, 5, 4)),
  [mask('sound', '0001_001')]: greyPng(9, 7, () => 0),
  [mask('sound', '0001_002')]: greyPng(9, 7, () => 1),
  [mask('sound', '0001_003')]: greyPng(9, 7, (x, y) => 255 - box(3, 3, 5, 5)(x, y)),
  [mask('sound', '0002_000')]: greyPng(7, 9, box(1, 1, 2, 2)),
  [mask('sound', '0002_001')]: Buffer.from('no picture'),
  [image('flat')]: greyPng(9, 7, () => 12),
  [mask('flat', '0001_000')]: greyPng(9, 7, box(8, 6, 9, 7)),
  [image('two')]: greyPng(9, 7, box(2, 2, 4, 4)),
  [mask('gone', '0001_000')]: greyPng(5, 5, box(0, 0, 2, 1)),
  [image('torn')]: greyPng(9, 7, slope).subarray(0, -20),
  [mask('torn', '0002_000')]: greyPng(9, 7, box(0, 0, 9, 1)),
  [image('bare')]: greyPng(300, 20, slope),
}

const SIZES = {
  images: [
    { image_id: ID.bare, width: 300, height: 20, bytes: FILES[image('bare')]?.length },
    { image_id: ID.flat, width: 9, height: 7, bytes: FILES[image('flat')]?.length },
    { image_id: ID.gone, width: null, height: null, bytes: null },
    { image_id: ID.sound, width: 9, height: 7, bytes: FILES[image('sound')]?.length },
    { image_id: ID.torn, width: null, height: null, bytes: null },
    { image_id: ID.two, width: 9, height: 7, bytes: FILES[image('two')]?.length },
  ],
}

const PIXELS = {
  ...SIZES,
  masks: [
    { mask: `${ID.flat} liver 0`, area: 1, box: [8, 6, 9, 7] },
    { mask: `${ID.gone} liver 0`, area: 2, box: [0, 0, 2, 1] },
    { mask: `${ID.sound} liver 0`, area: 9, box: [2, 1, 5, 4] },
    { mask: `${ID.sound} liver 1`, area: 0, box: null },
    { mask: `${ID.sound} liver 2`, area: 63, box: [0, 0, 9, 7] },
    { mask: `${ID.sound} liver 3`, area: 59, box: [0, 0, 9, 7] },
    { mask: `${ID.sound} spleen 0`, area: null, box: null },
    { mask: `${ID.sound} spleen 1`, area: null, box: null },
    { mask: `${ID.sound} spleen 2`, area: null, box: null },
    { mask: `${ID.torn} spleen 0`, area: 9, box: [0, 0, 9, 1] },
  ],
  quality: [
    `${ID.flat} constant`,
    `${ID.gone} missing`,
    `${ID.sound} liver 1 empty`,
    `${ID.sound} liver 2 full_frame`,
    `${ID.sound} liver 3 inverted_looking 4 of 63 pixels are not set`,
    `${ID.sound} spleen 0 wrong_size 7 × 9 px, but the image is 9 × 7 px`,
    expect.stringMatching(
      new RegExp(`^${ID.sound} spleen 1 unreadable masks/ct_00--BTCV--sound.*: not a PNG file$`),
    ),
    `${ID.sound} spleen 2 missing`,
    expect.stringMatching(new RegExp(`^${ID.torn} unreadable images/.*: cut off$`)),
    `${ID.two} binary_looking`,
  ],
}

const brokenRules = async (out: string) =>
  (await verifyManifest(out)).findings.filter(({ problem }) => problem !== null)

const beside = async (out: string) =>
  (await readdir(join(out, '..'))).filter(name => name.startsWith('manifest.'))

test('a folder: all sizes, areas, boxes and flags, nothing left behind, every rule kept', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const before = await readManifest(out)
  const told: [number, number][] = []
  const { changed, pictures, manifest } = await measure(before, dir, {
    onPictures: (done, total) => told.push([done, total]),
  })
  expect([changed, pictures]).toEqual([true, 16])
  expect(told.at(-1)).toEqual([16, 16])
  expect(await tablesOf(out)).toEqual(PIXELS)
  expect(await brokenRules(out)).toEqual([])
  expect(await beside(out)).toEqual([])
  expect(manifest.id).not.toBe(before.manifest.id)
  expect(manifest.measured).toMatchObject({ what: 'pixels', source: basename(dir) })
  expect(manifest.measured?.quality).toHaveLength(10)
  expect(manifest.measured?.quality).toContainEqual({
    dataset: 'BTCV',
    of: 'image',
    flag: 'missing',
    n: 1,
  })
  const { name, source, rejects, summary } = manifest
  expect({ name, source, rejects }).toEqual({
    name: before.manifest.name,
    source: before.manifest.source,
    rejects: before.manifest.rejects,
  })
  expect(summary.totals).toMatchObject({ images: 6, masks: 10, sizedImages: 4 })
})

test.each([
  ['deflated', 8],
  ['stored', 0],
])('a split ZIP, %s: the same; the locator stays', async (_, method) => {
  const release = await releaseWith(SPEC, FILES)
  const { out } = release
  const location = await archiveOf(release, FILES, () => ({ method }))
  const { files, archive } = (await readManifest(out)).manifest
  await measure(await readManifest(out), location)
  expect(await tablesOf(out)).toEqual(PIXELS)
  const after = (await readManifest(out, { verifyHashes: true })).manifest
  expect([after.files.locator, after.archive]).toEqual([files.locator, archive])
  expect(await brokenRules(out)).toEqual([])
  expect(await readdir(out)).toHaveLength(Object.keys(after.files).length + 1)
})

test.each([
  ['a folder', false],
  ['a ZIP', true],
])('sizes alone, of %s: those that decoding finds, and no mask is looked at', async (_, zipped) => {
  const release = await releaseWith(SPEC, FILES)
  const { out } = release
  // A head is short, in whatever way it is packed.
  const place = zipped
    ? await archiveOf(release, FILES, path => ({ method: path.includes('two') ? 0 : 8 }))
    : release.dir
  const { pictures, manifest } = await measure(await readManifest(out), place, { sizeOnly: true })
  expect(pictures).toBe(6)
  expect(manifest.measured?.what).toBe('sizes')
  const { images, masks, quality } = await tablesOf(out)
  const header = { width: 9, height: 7, bytes: FILES[image('torn')]?.length }
  expect(images).toEqual(
    SIZES.images.map(row => (row.image_id === ID.torn ? { ...row, ...header } : row)),
  )
  expect(masks.every(({ area, box }) => area === null && box === null)).toBe(true)
  expect(quality).toEqual([`${ID.gone} missing`])
  expect(await brokenRules(out)).toEqual([])

  // All pixels are more than sizes, but not the other way round.
  const all = await measure(await readManifest(out), place)
  expect([all.changed, await tablesOf(out)]).toEqual([true, PIXELS])
  await expect(
    measure(await readManifest(out), place, { sizeOnly: true, again: true }),
  ).rejects.toThrow(/--size-only would remove; measure without --size-only/)
})

test('what is measured is left alone, unless it is wanted again', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const { manifest } = await measure(await readManifest(out), dir)
  await writeFile(join(dir, image('gone')), greyPng(5, 5, slope))
  const second = await measure(await readManifest(out), dir)
  expect([second.changed, second.pictures, second.manifest.id]).toEqual([false, 0, manifest.id])
  const third = await measure(await readManifest(out), dir, { again: true })
  expect([third.changed, third.pictures]).toEqual([true, 16])
  const { images, quality } = await tablesOf(out)
  expect(images[ID.gone]).toMatchObject({ width: 5, height: 5 })
  expect(quality).not.toContain(`${ID.gone} missing`)
})

test('damaged entries of an archive are unreadable, and say so', async () => {
  const release = await releaseWith(SPEC, FILES)
  const location = await archiveOf(release, FILES, path =>
    path === image('two') ? { crc32: 1 } : {},
  )
  await measure(await readManifest(release.out), location)
  expect((await tablesOf(release.out)).quality).toContainEqual(
    expect.stringMatching(/^5 unreadable .*two--z_0001.png" is damaged \(wrong CRC-32\)/),
  )
})

test('a folder without a single one of the pictures is refused, and the manifest is as it was', async () => {
  const { dir, out } = await releaseWith(SPEC, {})
  const before = await readManifest(out)
  await expect(measure(before, dir)).rejects.toThrow(
    `${dir}: none of 16 pictures could be measured; is this the release that ${out} was built from?`,
  )
  expect((await readManifest(out)).text).toBe(before.text)
  expect(await beside(out)).toEqual([])
})

test('threads and small parts give the same, and a run that was stopped is gone on with', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const stop = new AbortController()
  let parts = 0
  const run = measure(await readManifest(out), dir, {
    batchImages: 1,
    threads: 1,
    signal: stop.signal,
    onPictures: () => {
      if (++parts === 3) stop.abort(new Error('enough'))
    },
  })
  await expect(run).rejects.toThrow('enough')
  expect(await beside(out)).toEqual([
    expect.stringMatching(/^manifest\.measuring-[0-9a-f]{16}-[0-9a-f]{16}$/),
  ])
  const lines: string[] = []
  const options = { batchImages: 1, threads: 2, log: (line: string) => void lines.push(line) }
  const { pictures } = await measure(await readManifest(out), dir, options)
  expect(lines[0]).toMatch(
    /^Resuming an earlier run: the pictures of \d images? are already measured$/,
  )
  expect(pictures).toBeLessThan(16)
  expect(await tablesOf(out)).toEqual(PIXELS)
  expect(await beside(out)).toEqual([])
})

test('what a run for sizes has left is not taken for pixels', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const stop = new AbortController()
  const run = measure(await readManifest(out), dir, {
    sizeOnly: true,
    batchImages: 2,
    threads: 1,
    signal: stop.signal,
    onPictures: done => done >= 2 && stop.abort(new Error('enough')),
  })
  await expect(run).rejects.toThrow('enough')
  expect(await beside(out)).toHaveLength(1)
  const { pictures } = await measure(await readManifest(out), dir, { batchImages: 2, threads: 1 })
  expect([pictures, await tablesOf(out)]).toEqual([16, PIXELS])
})

test('a folder that goes away is not taken for one without pictures', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const before = await readManifest(out)
  const options = { batchImages: 1, threads: 1 }
  const away = `${dir}-away`
  let isAway = false
  const run = measure(before, dir, {
    ...options,
    onPictures() {
      if (!isAway) renameSync(dir, away)
      isAway = true
    },
  })
  await expect(run).rejects.toThrow(`${dir}: not found; point --images at a release folder`)
  expect((await readManifest(out)).text).toBe(before.text)
  renameSync(away, dir)
  await measure(before, dir, options)
  expect(await tablesOf(out)).toEqual(PIXELS)
})

test('parts of a manifest that is no more are removed, those that are held are not', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const { manifest } = await measure(await readManifest(out), dir)
  const [gone, held, own] = [
    `${'0'.repeat(16)}-`,
    `${'1'.repeat(16)}-`,
    `${manifest.id.slice(0, 16)}-`,
  ].map(name => `manifest.measuring-${name}${'a'.repeat(16)}`)
  for (const name of [gone, held, own]) await mkdir(join(out, '..', name ?? ''))
  // Another process that runs.
  await writeFile(join(out, '..', held ?? '', 'lock'), String(process.ppid))
  await measure(await readManifest(out), dir)
  expect((await beside(out)).toSorted()).toEqual([held, own].toSorted())
})

test('two at once are refused', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  const folder = await readManifest(out)
  const runs = await Promise.allSettled([measure(folder, dir), measure(folder, dir)])
  const failed = runs.flatMap(run => (run.status === 'rejected' ? [String(run.reason)] : []))
  expect(failed).toEqual([
    expect.stringMatching(
      new RegExp(`lock: process ${process.pid} is measuring the same manifest`),
    ),
  ])
  expect(await tablesOf(out)).toEqual(PIXELS)
})

test('random masks: areas and boxes are those of a count pixel by pixel', async () => {
  const SIDE = 12
  const drawn = fc.array(fc.boolean(), { minLength: SIDE * SIDE, maxLength: SIDE * SIDE })
  const masks = fc.sample(drawn, { numRuns: 60, seed: 7 })
  const keyOf = (i: number) => `0001_${String(i).padStart(3, '0')}`
  const files = masks.map((set, i) => [
    mask('sound', keyOf(i)),
    greyPng(SIDE, SIDE, (x, y) => (set[y * SIDE + x] ? 1 + (x % 255) : 0)),
  ])
  const spec = { ...SPEC, index: [listed(stem('sound'), ...masks.map((_, i) => keyOf(i)))] }
  const { dir, out } = await releaseWith(spec, {
    ...Object.fromEntries(files),
    [image('sound')]: greyPng(SIDE, SIDE, slope),
  })
  await measure(await readManifest(out), dir)
  const expected = masks.map((set, i) => {
    const at = set.flatMap((isSet, k) => (isSet ? [{ x: k % SIDE, y: Math.floor(k / SIDE) }] : []))
    const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)]
    const around = [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
    return { mask: `0 liver ${i}`, area: at.length, box: at.length > 0 ? around : null }
  })
  expect((await tablesOf(out)).masks).toEqual(expected)
})
