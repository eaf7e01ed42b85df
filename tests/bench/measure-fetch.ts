import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { noise } from '../fixtures/noise'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'
import { serveFolder } from './serve-folder'

const FULL_IMAGES = 10_000
const MASKS = 2
const IMAGE_BYTES = 60_000
const MASK_BYTES = 2_000
/** Reads under way at a time. */
const PARALLEL = '6'

const run = promisify(execFile)

/**
 * `samed2d fetch` of everything out of an archive on loopback, into each form, against plain Range requests
 * for the same bytes that are thrown away.
 *
 * @param scale Of the number of images.
 */
export async function* measureFetch(dir: string, scale: number): AsyncGenerator<Measurement> {
  await mkdir(dir, { recursive: true })
  const images = Math.max(100, Math.round(FULL_IMAGES * scale))
  const zip = await writeRelease(dir, images)
  const server = await serveFolder(dir)
  const url = `${server.url}/release.zip`
  try {
    const manifest = join(dir, 'manifest')
    await runMeasured(['ingest', zip, '--out', manifest, '--json'])
    const { stdout } = await run(process.execPath, [
      ...['--import', 'tsx', 'tests/bench/read-ranges.ts', url, PARALLEL],
    ])
    const plain: { bytes: number; seconds: number } = JSON.parse(stdout)
    const what = `of ${images} images with ${MASKS} masks`
    yield { what: `plain reads ${what}`, value: plain.bytes / plain.seconds / 1e6, unit: 'MB/s' }
    for (const form of ['folder', 'tar', 'zip']) {
      const out = join(dir, form === 'zip' ? 'out.zip' : `out-${form}`)
      const { seconds, peakRss, stdout } = await runMeasured([
        ...['fetch', '--manifest', manifest, '--archive', url, '--out', out, '--form', form],
        ...['--parallel', PARALLEL, '--json'],
      ])
      const { bytes } = JSON.parse(stdout)
      yield { what: `fetch ${what}, ${form}`, value: bytes / seconds / 1e6, unit: 'MB/s' }
      yield { what: `fetch, ${form}: peak RSS`, value: peakRss / 1e6, unit: 'MB' }
      await rm(out, { recursive: true })
    }
  } finally {
    await server.close()
    await rm(dir, { recursive: true })
  }
}

async function writeRelease(dir: string, images: number): Promise<string> {
  const stems = Array.from({ length: images }, (_, i) => `ct_00--BTCV--case_${i >> 6}--z_${at(i)}`)
  const picture = noise(IMAGE_BYTES, 1)
  const mask = noise(MASK_BYTES, 2)
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
  const bytes = images * (IMAGE_BYTES + MASKS * MASK_BYTES)
  return writeParts(dir, 'release', makeZip(stored, { partBytes: [Math.ceil(bytes / 3)] }))
}

const at = (i: number) => String(i & 63).padStart(4, '0')
