import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ImageRow, MaskRow } from '../../lib/images/image-row'
import { pathOf } from '../../lib/images/image-row'
import { openPhantomStore } from '../../lib/images/phantom-store.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { readManifest } from '../../lib/manifest/read-manifest.node.ts'
import { type Measurement, quantile } from './measurement'
import { startServer } from './start-server'

const SIDE = 512
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
  const release = await makePictures(join(dir, 'pictures'))
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
  } finally {
    stop()
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

/** A release of phantom pictures as files, and its manifest. */
async function makePictures(root: string): Promise<{ images: string; manifest: string }> {
  const images = join(root, 'SAMed2Dv1')
  const store = openPhantomStore()
  const index: Record<string, string[]> = {}
  for (let slice = 0; slice < IMAGES; slice++) {
    const row = rowOf(slice)
    const files = [null, ...row.masks].map(mask => ({ row, mask }))
    const contents = await store.read(files)
    for (const [i, file] of files.entries()) {
      const path = join(images, pathOf(file))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, contents[i] as Uint8Array)
    }
    const [image = '', ...masks] = files.map(pathOf)
    index[image] = masks
  }
  const classes = Object.fromEntries(rowOf(0).masks.map(({ label, classId }) => [label, classId]))
  await writeFile(join(images, 'SAMed2D_v1.json'), JSON.stringify(index))
  const classMap = JSON.stringify({ Bench: classes })
  await writeFile(join(images, 'SAMed2D_v1_class_mapping_id.json'), classMap)
  const manifest = join(root, 'manifest')
  await ingestRelease(images, { out: manifest })
  return { images, manifest }
}

function rowOf(slice: number): ImageRow {
  const masks = Array.from({ length: MASKS }, (_, i): MaskRow => {
    const [x0, y0] = [80 + 90 * i, 140 + ((slice * (i + 1)) % 120)]
    return {
      ...{ labelId: i, label: `label_${i}`, region: null, isLesion: false },
      ...{ classId: `000${i}`, instance: 0, area: 5000 },
      box: { x0, y0, x1: x0 + 80, y1: y0 + 90 },
    }
  })
  return {
    ...{ imageId: slice, modality: 'CT', submodality: 'ct_00', dataset: 'Bench', caseName: 'one' },
    ...{ axis: 'z', slice, width: SIDE, height: SIDE, masks },
  }
}
