import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { noise } from '../fixtures/noise'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'
import { serveFolder } from './serve-folder'

interface Pictures {
  readonly images: number
  readonly imageBytes: number
  readonly maskBytes: number
}

const MASKS = 2
/** As large as the release's. */
const USUAL: Pictures = { images: 10_000, imageBytes: 60_000, maskBytes: 2_000 }
/** A million files, small ones: what a file costs, and whether memory grows with them. */
const MANY: Pictures = { images: 333_334, imageBytes: 600, maskBytes: 200 }
/** Reads under way at a time. */
const PARALLEL = '6'

const run = promisify(execFile)

/**
 * `samed2d fetch` of everything out of an archive on loopback, into each form, against plain Range requests
 * for the same bytes that are thrown away; then of very many small files.
 *
 * @param scale Of the number of images.
 */
export async function* measureFetch(dir: string, scale: number): AsyncGenerator<Measurement> {
  yield* fetching(dir, scaled(USUAL, scale), async function* ({ url, what, fetchInto }) {
    const { stdout } = await run(process.execPath, [
      '--import',
      'tsx',
      'tests/bench/read-ranges.ts',
      url,
      PARALLEL,
    ])
    const plain: { bytes: number; seconds: number } = JSON.parse(stdout)
    yield { what: `plain reads ${what}`, value: plain.bytes / plain.seconds / 1e6, unit: 'MB/s' }
    for (const form of ['folder', 'tar', 'zip']) {
      const { bytes, seconds, peakRss } = await fetchInto(form)
      yield { what: `fetch ${what}, ${form}`, value: bytes / seconds / 1e6, unit: 'MB/s' }
      yield { what: `fetch, ${form}: peak RSS`, value: peakRss / 1e6, unit: 'MB' }
    }
  })
  yield* fetching(dir, scaled(MANY, scale), async function* ({ files, fetchInto }) {
    for (const form of ['folder', 'tar', 'zip']) {
      const { seconds, peakRss } = await fetchInto(form)
      const what = `fetch of ${files} small files, ${form}`
      yield { what, value: files / seconds, unit: 'files/s' }
      yield { what: `${what}: peak RSS`, value: peakRss / 1e6, unit: 'MB' }
    }
  })
}

const scaled = (pictures: Pictures, scale: number): Pictures => ({
  ...pictures,
  images: Math.max(100, Math.round(pictures.images * scale)),
})

interface Fetching {
  readonly url: string
  /** The pictures in words. */
  readonly what: string
  readonly files: number
  /** Fetch all into a form, and remove it again. Times in s, memory in bytes. */
  readonly fetchInto: (form: string) => Promise<{ bytes: number; seconds: number; peakRss: number }>
}

/** Serve an archive of some pictures, and its manifest, for as long as it takes. */
async function* fetching(
  dir: string,
  pictures: Pictures,
  measure: (fetching: Fetching) => AsyncGenerator<Measurement>,
): AsyncGenerator<Measurement> {
  await mkdir(dir, { recursive: true })
  const zip = await writeRelease(dir, pictures)
  const server = await serveFolder(dir)
  const url = `${server.url}/release.zip`
  const { images } = pictures
  try {
    const manifest = join(dir, 'manifest')
    await runMeasured(['ingest', zip, '--out', manifest, '--json'])
    yield* measure({
      url,
      files: images * (1 + MASKS),
      what: `of ${images} images with ${MASKS} masks`,
      async fetchInto(form) {
        const out = join(dir, form === 'zip' ? 'out.zip' : `out-${form}`)
        const { seconds, peakRss, stdout } = await runMeasured([
          'fetch',
          '--manifest',
          manifest,
          '--archive',
          url,
          '--out',
          out,
          '--form',
          form,
          '--parallel',
          PARALLEL,
          '--json',
        ])
        await rm(out, { recursive: true })
        return { bytes: JSON.parse(stdout).bytes, seconds, peakRss }
      },
    })
  } finally {
    await server.close()
    await rm(dir, { recursive: true })
  }
}

async function writeRelease(dir: string, pictures: Pictures): Promise<string> {
  const { images, imageBytes, maskBytes } = pictures
  const stems = Array.from({ length: images }, (_, i) => `ct_00--BTCV--case_${i >> 6}--z_${at(i)}`)
  const picture = noise(imageBytes, 1)
  const mask = noise(maskBytes, 2)
  const masksOf = (stem: string) =>
    Array.from({ length: MASKS }, (_, i) => `masks/${stem}--000${i + 1}_000.png`)
  const index = Object.fromEntries(stems.map(stem => [`images/${stem}.png`, masksOf(stem)]))
  const classMap = { BTCV: { liver: '0001', spleen: '0002' } }
  const entries = [
    ...stems.map(stem => ({ name: `images/${stem}.png`, data: picture })),
    ...stems.flatMap(masksOf).map(name => ({ name, data: mask })),
    { name: 'SAMed2D_v1.json', data: Buffer.from(JSON.stringify(index)) },
    { name: 'SAMed2D_v1_class_mapping_id.json', data: Buffer.from(JSON.stringify(classMap)) },
  ]
  const stored = entries.map(entry => ({ ...entry, method: 0 }))
  const bytes = images * (imageBytes + MASKS * maskBytes)
  const options = { partBytes: [Math.ceil(bytes / 3)], zip64: true }
  return writeParts(dir, 'release', makeZip(stored, options))
}

const at = (i: number) => String(i & 63).padStart(4, '0')
