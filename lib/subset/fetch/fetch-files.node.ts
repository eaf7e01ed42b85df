import { ahead } from '../../async/ahead'
import { diskError } from './disk-room.node.ts'
import type { FetchSource } from './fetch-source'
import type { Batch, Sink, WantedFile } from './sink'

export interface FetchOptions {
  /** Number of simultaneous reads. */
  readonly parallel: number
  readonly signal: AbortSignal
  readonly onProgress: (progress: FetchProgress) => void
}

export interface FetchProgress {
  files: number
  /** Number of files that already existed with the correct content. */
  skipped: number
  bytes: number
}

export interface FetchResult extends FetchProgress {
  /** Files that could not be read, with the reason. */
  readonly failed: readonly string[]
}

/** Number of existing files that are checked at the same time. */
const LOOKED_AT = 8

/**
 * Fetch files from an archive or a folder into a sink. Existing files with the correct content are kept, so that an
 * interrupted fetch can continue. All other files are read, with neighbours in one request, and stored after their
 * CRC-32 is checked.
 *
 * @throws UserError as the sink and the source. A file that cannot be read does not stop the others.
 */
export async function fetchFiles(
  source: FetchSource,
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
    await inParallel(source.plan(missing), parallel, signal, async (group, signal) => {
      for (const { file, data, error } of await group.read(signal)) {
        if (error) failed.push(error.message)
        else {
          await batch.store(file, data)
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

/** Process items, `atOnce` at a time. The first error stops the others, and is thrown when all have ended. */
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
