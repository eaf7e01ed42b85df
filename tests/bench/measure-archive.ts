import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Archive } from '../../lib/archive/archive'
import type { ArchiveEntry } from '../../lib/archive/entry'
import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { scanDirectory } from '../../lib/archive/scan-directory.node.ts'
import { noise } from '../fixtures/noise'
import { startRangeServer } from '../fixtures/range-server'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { type Measurement, quantile } from './measurement'
import { writeLargeArchive } from './write-large-archive'

const run = promisify(execFile)

const IMAGES = 400
const IMAGE_BYTES = 60_000

/** How fast a directory is scanned and in how much memory; what one picture costs, on disk and over HTTP. */
export async function* measureArchive(dir: string, scale: number): AsyncGenerator<Measurement> {
  await mkdir(dir, { recursive: true })
  for (const count of [1e6, 20e6]) {
    const entries = Math.round(count * scale)
    const path = await writeLargeArchive(dir, entries)
    const { stdout } = await run(process.execPath, [
      '--import',
      'tsx',
      'tests/bench/scan-archive.ts',
      path,
    ])
    const scanned: { entries: number; seconds: number; peakRss: number } = JSON.parse(stdout)
    yield {
      what: `directory of ${scanned.entries} entries, scanned`,
      value: scanned.entries / scanned.seconds,
      unit: 'entries/s',
      budget: 250_000,
      more: true,
    }
    yield { what: 'its peak RSS', value: scanned.peakRss / 1e6, unit: 'MB' }
  }
  yield* measureReads(dir)
}

async function* measureReads(dir: string): AsyncGenerator<Measurement> {
  const parts = makeZip(
    Array.from({ length: IMAGES }, (_, i) => ({
      name: `images/${i}.png`,
      data: noise(IMAGE_BYTES, i),
    })),
    { partBytes: [(IMAGES * IMAGE_BYTES) / 4], zip64: true },
  )
  const local = await openArchive(await writeParts(dir, 'images', parts))
  yield* measureRandom('on disk', local)
  const files = Object.fromEntries(
    parts.map((bytes, i) => [i === parts.length - 1 ? '/images.zip' : `/images.z0${i + 1}`, bytes]),
  )
  const server = await startRangeServer(files)
  try {
    const opened = await openArchive(`${server.url}/images.zip`)
    yield { what: 'archive over HTTP: requests to open', value: opened.counters.requests, unit: '' }
    yield* measureRandom('over HTTP', opened)
  } finally {
    await server.close()
  }
}

async function* measureRandom(where: string, archive: Archive): AsyncGenerator<Measurement> {
  const entries: ArchiveEntry[] = []
  for await (const batch of scanDirectory(archive)) entries.push(...batch.entries)
  const times: number[] = []
  const requests: number[] = []
  const { counters } = archive
  const bytesBefore = counters.bytes
  for (let i = 0; i < IMAGES; i++) {
    // A step that shares no factor with their number visits all, far apart.
    const entry = entries[(i * 173) % IMAGES] as ArchiveEntry
    const before = counters.requests
    const start = performance.now()
    await readEntry(archive, entry, { maxBytes: 1e8 })
    times.push(performance.now() - start)
    requests.push(counters.requests - before)
  }
  await archive.close()
  const mean = requests.reduce((sum, each) => sum + each, 0) / IMAGES
  const packed = entries.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0)
  yield {
    what: `image out of the archive ${where}: median`,
    value: quantile(times, 0.5),
    unit: 'ms',
  }
  yield { what: `image out of the archive ${where}: p95`, value: quantile(times, 0.95), unit: 'ms' }
  yield { what: 'its requests, mean', value: mean, unit: '' }
  yield { what: 'its requests, most', value: Math.max(...requests), unit: '', budget: 2 }
  yield {
    what: 'its bytes beyond those of the picture, mean',
    value: (counters.bytes - bytesBefore - packed) / IMAGES,
    unit: 'B',
  }
}
