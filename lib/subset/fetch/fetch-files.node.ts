import type { Archive } from '../../archive/archive'
import { planReads } from '../../archive/plan-reads'
import { readGroup } from '../../archive/read-group.node.ts'
import { ahead } from '../../async/ahead'
import { diskError } from './disk-room.node.ts'
import type { Batch, Sink, WantedFile } from './sink'

export interface FetchOptions {
  /** Reads under way at a time. */
  readonly parallel: number
  readonly signal: AbortSignal
  readonly onProgress: (progress: FetchProgress) => void
}

export interface FetchProgress {
  files: number
  /** Of files that were there and good already. */
  skipped: number
  bytes: number
}

export interface FetchResult extends FetchProgress {
  /** Files that could not be had, with the reason. */
  readonly failed: readonly string[]
}

/** A picture of a release is far smaller; more than this is no picture. */
const MAX_FILE_BYTES = 64 << 20

/** Files that are looked at while another one is. */
const LOOKED_AT = 8

/**
 * Fetch files out of an archive into a sink. What is there and good stays; all else is read, neighbours
 * together, and handed to the sink once its CRC-32 is right, so that an interrupted fetch goes on.
 *
 * @throws UserError as the sink and the archive do; a single file that cannot be had does not stop others.
 */
export async function fetchFiles(
  archive: Archive,
  sink: Sink,
  { parallel, signal, onProgress }: FetchOptions,
): Promise<FetchResult> {
  const progress: FetchProgress = { files: 0, skipped: 0, bytes: 0 }
  const failed: string[] = []
  const fetchBatch = async (batch: Batch) => {
    const failedBefore = failed.length
    const missing: WantedFile[] = []
    const look = async (file: WantedFile) => ({ file, isGood: await batch.isGood(file) })
    for await (const { file, isGood } of ahead(batch.files, LOOKED_AT, look)) {
      signal.throwIfAborted()
      if (isGood) progress.skipped++
      else missing.push(file)
      if (isGood) onProgress(progress)
    }
    const groups = planReads(missing, archive.parts)
    await inParallel(groups, parallel, signal, async (group, signal) => {
      for (const { entry, data, error } of await readGroup(archive, group, {
        maxBytes: MAX_FILE_BYTES,
        signal,
      })) {
        if (error) failed.push(error.message)
        else {
          await batch.store(entry, data)
          progress.files++
          progress.bytes += data.length
        }
        onProgress(progress)
      }
    })
    await batch.end(failed.length - failedBefore)
  }
  try {
    await sink.open()
    for await (const batch of sink.batches()) await fetchBatch(batch)
    await sink.finish(failed.length)
    return { ...progress, failed }
  } catch (error) {
    throw diskError(error, sink.out)
  } finally {
    await sink.close()
  }
}

/** Work on items, so many at a time; the first failure stops the others, and is thrown when all have ended. */
async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      either.throwIfAborted()
      await work(item, either)
    }
  }
  const workers = Array.from({ length: atOnce }, () =>
    worker().catch(error => {
      stop.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(workers)
  either.throwIfAborted()
}
