import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'
import { serveFolder } from './serve-folder'
import { writeLargeRelease } from './write-large-release'

/** A release's masks for each of its entries, and images: four to one, and one. */
const ENTRIES_PER_IMAGE = 5
/** Entries from which on the rate is held against the budget. */
const FULL_SIZE = 4e6

/**
 * Ingest of releases of several sizes, by their index alone, from an archive on the disk and over HTTP on
 * loopback: rates, memory, and how the time of an entry grows from the smallest size to each other one.
 */
export async function* measureIngestArchive(
  root: string,
  sizes: readonly number[],
): AsyncGenerator<Measurement> {
  const first = new Map<string, number>()
  for (const size of sizes) {
    const dir = join(root, String(size))
    await mkdir(dir, { recursive: true })
    const { path, entries, masks } = await writeLargeRelease(
      dir,
      Math.round(size / ENTRIES_PER_IMAGE),
    )
    const server = await serveFolder(dir)
    const sources = [
      ['index alone', join(dir, 'SAMed2D_v1.json')],
      ['archive on disk', path],
      ['archive over HTTP', `${server.url}/SA-Med2D-16M.zip`],
    ] as const
    try {
      for (const [where, source] of sources) {
        const out = join(dir, 'manifest')
        const { seconds, peakRss, peakDisk } = await runMeasured(
          ['ingest', source, '--out', out, '--json'],
          `${out}.partial-`,
        )
        const what = `ingest, ${where}, ${entries.toLocaleString('en-US')} entries`
        // The budget is of the full size; a second of starting weighs more on small ones.
        const budget = size >= FULL_SIZE ? { budget: 150_000, more: true } : {}
        yield { what, value: masks / seconds, unit: 'masks/s', ...budget }
        yield { what: 'its peak RSS', value: peakRss / 1e9, unit: 'GB', budget: 2 }
        yield { what: 'its temporary disk', value: peakDisk / 1e9, unit: 'GB' }
        const perEntry = (seconds / entries) * 1e6
        const before = first.get(where) ?? perEntry
        first.set(where, before)
        yield { what: 'its time for an entry', value: perEntry, unit: 'µs' }
        if (before !== perEntry)
          yield { what: `of that at ${sizes[0]}`, value: perEntry / before, unit: 'times' }
        await rm(out, { recursive: true })
      }
    } finally {
      await server.close()
      await rm(dir, { recursive: true })
    }
  }
}
