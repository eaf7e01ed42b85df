import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingest } from '../../cli/ingest'
import { main } from '../../cli/main'
import { measure } from '../../cli/measure'
import { reference } from '../../cli/reference'
import { UserError } from '../../lib/errors'
import { NOT_MEASURED } from '../../lib/manifest/quality'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
beforeAll(async () => {
  tiny = await tinyManifest()
})
afterAll(() => tiny.dispose())

test('reference hands on where and how much, and says what to do next', async () => {
  const effects = fakeEffects()
  const calls: unknown[] = []
  await reference(
    { out: 'some/where', scale: 0.5, partition: true },
    effects,
    async ({ log, onImages, ...options }) => {
      calls.push(options)
      log('half done')
      onImages(1, 2)
    },
  )
  expect(calls).toEqual([{ out: resolve('some/where'), scale: 0.5, partition: true }])
  expect(effects.lines[0]).toBe('half done')
  expect(effects.lines[1]).toMatch(/npx samed2d serve --manifest some\/where$/)
})

const ingested = (rejects: Record<string, number>) => async () => ({
  manifest: tiny.manifest,
  seen: { images: 3, masks: 1_234_567 },
  rejects,
})

test('ingest prints the totals, and of what was not accepted how many, why and where', async () => {
  const effects = fakeEffects()
  const calls: unknown[] = []
  await ingest('release', { out: tiny.dir }, effects, async (source, { out }) => {
    calls.push([source, out])
    effects.tick(2_000)
    return ingested({ 'duplicate-mask': 1_234, 'bad-number': 5 })()
  })
  expect(calls).toEqual([['release', tiny.dir]])
  expect(effects.output().replace(/rejects-\w{16}/, 'rejects-HASH')).toBe(
    `${tiny.dir}: 3 images, 5 masks, 1 dataset in 2.0 s (617,284 masks/s)
1,239 inputs rejected, each listed in rejects-HASH.parquet:
  1,234  duplicate-mask: the image lists this mask more than once; the first listing counts
      5  bad-number: a slice or instance number is above 65535 or not written as the release writes it (0007, 012)
`,
  )
})

test('ingest of a sound release says so, and --strict is content', async () => {
  const effects = fakeEffects()
  await ingest('release', { out: tiny.dir, strict: true }, effects, ingested({}))
  expect(effects.output()).toMatch(/no input was rejected\n$/)
})

test('ingest --strict prints the result, then fails with one line', async () => {
  const effects = fakeEffects()
  const run = ingest(
    'release',
    { out: tiny.dir, strict: true },
    effects,
    ingested({ 'not-png': 1 }),
  )
  await expect(run).rejects.toThrow(
    new UserError('release: 1 input rejected, and --strict allows none; the manifest was written'),
  )
  expect(effects.output()).toMatch(/1 input rejected, each listed in rejects-/)
})

test('ingest --json prints one object', async () => {
  const effects = fakeEffects()
  const rejects = { 'duplicate-mask': 2, 'not-png': 1 }
  await ingest('release', { out: tiny.dir, json: true }, effects, async () => {
    effects.tick(4_000)
    return ingested(rejects)()
  })
  const { summary, id, files } = tiny.manifest
  expect(effects.output()).toMatch(/^{\n {2}"version": 1,/)
  expect(JSON.parse(effects.output())).toEqual({
    version: 1,
    manifest: tiny.dir,
    id,
    totals: summary.totals,
    seen: { images: 3, masks: 1_234_567 },
    rejected: 3,
    rejects,
    others: null,
    transfer: null,
    rejectsFile: files.rejects?.[0]?.file,
    seconds: 4,
    masksPerSecond: 308_642,
  })
})

test('measure says what it did, what is flagged, and what it left alone', async () => {
  const effects = fakeEffects()
  const quality = [
    { dataset: 'A', of: 'mask', flag: 'empty', n: 1_200 },
    { dataset: 'B', of: 'mask', flag: 'empty', n: 3 },
    { dataset: 'B', of: 'image', flag: 'constant', n: 1 },
  ] as const
  const measured = { what: 'pixels', source: '/release', quality } as const
  const manifest = { ...tiny.manifest, measured }
  const options = { manifest: tiny.dir, images: '/release' }
  await measure(options, effects, async (folder, place) => {
    expect([folder.dir, place]).toEqual([tiny.dir, '/release'])
    effects.tick(2_000)
    return { manifest, changed: true, pictures: 5_000, outside: null }
  })
  expect(
    effects.output(),
  ).toBe(`${tiny.dir}: sizes, areas and boxes are measured; 5,000 pictures in 2.0 s (2,500 pictures/s)
flagged, each listed in the table quality:
      1  image constant: all pixels have one colour (B 1)
  1,203  mask empty: no pixel is set, so there is no box (A 1,200, B 3)
`)
  const second = fakeEffects()
  const nothing = { manifest: { ...manifest, measured: { ...measured, quality: [] } } }
  await measure(options, second, async () => ({
    ...nothing,
    changed: false,
    pictures: 0,
    outside: null,
  }))
  expect(second.output()).toBe(
    `${tiny.dir}: sizes, areas and boxes are already measured; --again re-measures them
no picture is flagged
`,
  )
})

test('measure counts what it has not measured apart from the flags, and says which links it did not follow', async () => {
  const effects = fakeEffects()
  const count = { dataset: 'A', of: 'mask', flag: 'not_measured_link', n: 2 } as const
  const measured = { what: 'pixels', source: '/r', quality: [], notMeasured: [count] } as const
  const manifest = { ...tiny.manifest, measured }
  const summary = { manifest, changed: true, pictures: 9, outside: '2 files not measured: …' }
  const options = { manifest: tiny.dir, images: '/release' }
  await measure(options, effects, async () => summary)
  expect(effects.lines).toContain('2 files not measured: …')
  expect(effects.output().split('\n').slice(1, -1)).toEqual([
    'no picture is flagged',
    'not measured, which is no defect; a further run of measure tries these again:',
    `  2  mask not_measured_link: ${NOT_MEASURED.not_measured_link} (A 2)`,
  ])
  const asJson = fakeEffects()
  await measure({ ...options, json: true }, asJson, async () => summary)
  expect(JSON.parse(asJson.output())).toMatchObject({ quality: [], notMeasured: [count] })
})

test('--allow-root says where it does nothing', async () => {
  const run = (...args: string[]) => main(args, effects)
  const effects = fakeEffects()
  const out = ['--out', `${tiny.dir}-other`]
  expect(await run('ingest', 'release', ...out, '--allow-root', '/disk2')).toBe(2)
  expect(await run('subset', '--manifest', tiny.dir, '--allow-root', '/disk2')).toBe(2)
  const zip = ['--images', 'a.zip', '--allow-root', '/disk2']
  expect(await run('serve', '--manifest', tiny.dir, '--port', '0', ...zip)).toBe(2)
  expect(effects.lines).toEqual([
    'samed2d: --allow-root /disk2: only pictures are read through links; add --measure, or leave out --allow-root',
    'samed2d: --allow-root /disk2: needs --images; add it, or leave out --allow-root',
    'samed2d: --allow-root /disk2: only a release folder has links; leave out --allow-root',
  ])
})

test.each(['phantom', 'none'])('measure refuses --images %s', async images => {
  await expect(measure({ manifest: tiny.dir, images }, fakeEffects())).rejects.toThrow(
    new UserError(
      `--images ${images}: has no files to measure; give the release's folder or its ZIP`,
      2,
    ),
  )
})

test('measure refuses a simulated manifest', async () => {
  await expect(measure({ manifest: tiny.dir, images: '/release' }, fakeEffects())).rejects.toThrow(
    `${tiny.dir}: is simulated and has no pictures; measure a manifest that the command ingest wrote`,
  )
})
