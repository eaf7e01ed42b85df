import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { measure } from '../../lib/measure/measure.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { noise } from '../fixtures/noise'
import { type Fault, type ScriptedRequest, startRangeServer } from '../fixtures/range-server'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { makePng } from '../images/png'
import { archiveOf, type Files, releaseWith, tablesOf } from './measured-release'

const IMAGES = 12
const stem = (i: number) => `ct_00--BTCV--case--z_${String(i).padStart(4, '0')}`
const SPEC: ReleaseSpec = {
  index: Array.from({ length: IMAGES }, (_, i) => listed(stem(i), '0001_000')),
  classMap: { BTCV: { liver: '0001' } },
}

/** Images of some 60 kB that do not compress, and masks with one pixel more each. */
const FILES: Files = Object.fromEntries(
  Array.from({ length: IMAGES }, (_, i) => [
    [
      `images/${stem(i)}.png`,
      makePng({ width: 250, height: 240, data: noise(250 * 240, i + 1) }),
    ] as const,
    [
      `masks/${stem(i)}--0001_000.png`,
      makePng({ width: 250, height: 240, data: new Uint8Array(250 * 240).fill(1, 500, 501 + i) }),
    ] as const,
  ]).flat(),
)

async function served(script?: (request: ScriptedRequest) => Fault | undefined) {
  const release = await releaseWith(SPEC, FILES)
  const location = await archiveOf(release, FILES, undefined, 100_000)
  const dir = dirname(location)
  const parts = (await readdir(dir)).filter(name => /\.z(ip|\d\d)$/.test(name))
  const files = await Promise.all(
    parts.map(async name => [`/${name}`, await readFile(join(dir, name))] as const),
  )
  const server = await startRangeServer(Object.fromEntries(files), script)
  onTestFinished(() => server.close())
  return { out: release.out, server, url: `${server.url}/${basename(location)}` }
}

const areas = async (out: string) => (await tablesOf(out)).masks.map(({ area }) => area)
const EXPECTED = Array.from({ length: IMAGES }, (_, i) => i + 1)

test('over HTTP neighbours come together', async () => {
  const { out, server, url } = await served()
  await measure(await readManifest(out), url)
  expect(await areas(out)).toEqual(EXPECTED)
  expect((await tablesOf(out)).quality).toEqual([])
  // Twice the archive is opened, which takes some; the 24 pictures lie in eight parts.
  expect(server.requests.filter(({ start, end }) => end - start > 5_000).length).toBeLessThan(30)
})

test('sizes over HTTP: a request and a kilobyte for each image, none for masks', async () => {
  const { out, server, url } = await served()
  await measure(await readManifest(out), url, { sizeOnly: true })
  const { images, quality } = await tablesOf(out)
  expect(images.map(({ width, height }) => `${width} × ${height}`)).toEqual(
    Array(IMAGES).fill('250 × 240'),
  )
  expect(quality).toEqual([])
  const lengths = server.requests.map(({ start, end }) => end + 1 - start)
  expect(lengths.filter(length => length > 1_000 && length < 1_500)).toHaveLength(IMAGES)
  // The rest is for opening the archive; the images alone have 700 kB.
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(200_000)
})

test('a host that fails in the middle ends the run without a flag, and the next one goes on', async () => {
  let isDown = false
  const { out, url } = await served(() => (isDown ? { status: 403 } : undefined))
  const before = await readManifest(out)
  const options = { batchImages: 2, threads: 1 }
  const run = measure(before, url, {
    ...options,
    onPictures: done => {
      if (done >= 8) isDown = true
    },
  })
  await expect(run).rejects.toThrow(/403/)
  expect((await readManifest(out)).text).toBe(before.text)
  isDown = false
  const { pictures } = await measure(await readManifest(out), url, options)
  expect(pictures).toBeLessThan(24)
  expect(await areas(out)).toEqual(EXPECTED)
  expect((await tablesOf(out)).quality).toEqual([])
})
