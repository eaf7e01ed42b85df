import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'
import { serveFolder } from './serve-folder'
import { writeLargeRelease } from './write-large-release'

/** A release's masks for each of its entries, and images: four to one, and one. */
const ENTRIES_PER_IMAGE = 5

/** Ingest of archives of several sizes, from the disk and over HTTP on loopback: rates and memory. */
export async function* measureIngestArchive(
  root: string,
  sizes: readonly number[],
): AsyncGenerator<Measurement> {
  for (const size of sizes) {
    const dir = join(root, String(size))
    await mkdir(dir, { recursive: true })
    const { path, entries, masks } = await writeLargeRelease(
      dir,
      Math.round(size / ENTRIES_PER_IMAGE),
    )
    const server = await serveFolder(dir)
    const places = [
      ['archive on disk', path],
      ['archive over HTTP', `${server.url}/SA-Med2D-16M.zip`],
    ] as const
    try {
      for (const [where, source] of places) {
        const out = join(dir, 'manifest')
        const { seconds, peakRss } = await runMeasured(['ingest', source, '--out', out, '--json'])
        const what = `ingest, ${where}, ${entries.toLocaleString('en-US')} entries`
        yield { what, value: masks / seconds, unit: 'masks/s', budget: 150_000, more: true }
        yield { what: 'its peak RSS', value: peakRss / 1e9, unit: 'GB', budget: 2 }
        await rm(out, { recursive: true })
      }
    } finally {
      await server.close()
      await rm(dir, { recursive: true })
    }
  }
}
