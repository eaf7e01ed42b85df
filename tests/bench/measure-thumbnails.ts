import { join } from 'node:path'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makePictures } from './make-pictures'
import { type Measurement, quantile } from './measurement'
import { startServer } from './start-server'

const MASKS = 4
const IMAGES = 400
const BUDGET_MS = { cold: 60, cached: 10 } as const

/**
 * Thumbnails of 256 px over HTTP, one at a time and eight at once: first made, then out of the cache.
 * Of files of 512 × 512 px with four masks; then of phantoms all over the reference manifest, which
 * adds the look-up of rows among millions and the drawing.
 */
export async function* measureThumbnails(
  reference: string,
  dir: string,
): AsyncGenerator<Measurement> {
  const release = await makePictures(join(dir, 'pictures'), IMAGES, MASKS)
  const { manifest } = await readManifest(reference)
  const all = manifest.summary.totals.images
  const some = Array.from({ length: IMAGES }, (_, i) => Math.floor(((i * 0.618034) % 1) * all))
  const files = Array.from({ length: IMAGES }, (_, id) => id)
  yield* measureStore(
    'files',
    ['--manifest', release.manifest, '--images', release.images],
    files,
    dir,
  )
  yield* measureStore('phantoms', ['--manifest', reference, '--images', 'phantom'], some, dir)
}

async function* measureStore(
  name: string,
  args: readonly string[],
  ids: readonly number[],
  dir: string,
): AsyncGenerator<Measurement> {
  const { url, stop } = await startServer([...args, '--image-cache', join(dir, `cache-${name}`)])
  try {
    // The first request opens the tables.
    await timeOf(url, 0, 64)
    for (const [i, atOnce] of [1, 8].entries()) {
      const half = ids.slice((i * ids.length) / 2, ((i + 1) * ids.length) / 2)
      for (const state of ['cold', 'cached'] as const) {
        const start = performance.now()
        const times = await timesOf(url, half, atOnce)
        const seconds = (performance.now() - start) / 1000
        const what = `thumbnails of ${name}, ${state}, ${atOnce} at once`
        const budget = name === 'files' && atOnce === 1 ? { budget: BUDGET_MS[state] } : {}
        yield { what: `${what}: p50`, value: quantile(times, 0.5), unit: 'ms' }
        yield { what: `${what}: p95`, value: quantile(times, 0.95), unit: 'ms', ...budget }
        yield { what: `${what}: rate`, value: half.length / seconds, unit: '/s' }
      }
    }
    yield* measureCrowd(url, name, ids)
  } finally {
    stop()
  }
}

/** Requests at once that the server draws, and that it partly refuses. */
const CROWDS = [64, 200] as const
const CROWD_MS = 4_000

/**
 * Pictures that are drawn while many are requested at once. Who is refused asks again after a tenth of a second, as
 * a page that is scrolled does.
 */
async function* measureCrowd(
  url: string,
  name: string,
  ids: readonly number[],
): AsyncGenerator<Measurement> {
  for (const [turn, atOnce] of CROWDS.entries()) {
    const ends = performance.now() + CROWD_MS
    let next = 0
    let drawn = 0
    let refused = 0
    const ask = async () => {
      while (performance.now() < ends) {
        // Another opacity is another picture, so that none comes out of the cache.
        const id = ids[next % ids.length]
        const opacity = (0.2 + 0.3 * turn + 0.001 * Math.floor(next / ids.length)).toFixed(3)
        next++
        const response = await fetch(`${url}/api/images/${id}?w=256&masks=all&opacity=${opacity}`)
        await response.arrayBuffer()
        if (response.ok) drawn++
        else if (response.status === 503) {
          refused++
          await new Promise(again => setTimeout(again, 100))
        } else throw new Error(`${response.url}: ${response.status}`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, ask))
    const what = `thumbnails of ${name}, cold, ${atOnce} at once`
    yield { what: `${what}: rate`, value: drawn / (CROWD_MS / 1000), unit: '/s' }
    yield { what: `${what}: refused`, value: refused, unit: '' }
  }
}

async function timesOf(url: string, ids: readonly number[], atOnce: number): Promise<number[]> {
  const times: number[] = []
  const waiting = [...ids]
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      times.push(await timeOf(url, id, 256))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return times
}

async function timeOf(url: string, id: number, width: number): Promise<number> {
  const start = performance.now()
  const response = await fetch(`${url}/api/images/${id}?w=${width}&masks=all`)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
  return performance.now() - start
}
