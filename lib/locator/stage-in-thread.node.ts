import { Worker } from 'node:worker_threads'
import type { Archive } from '../archive/archive'
import { UserError } from '../errors'
import type { DirectoryJob, FromDirectory, ToDirectory } from './directory-messages'
import { type StagedEntries, type StageOptions, stageToFile } from './stage-entries.node.ts'

/** Minimum number of entries for a thread. Reading a smaller directory is faster than starting a thread. */
const MIN_ENTRIES = 20_000

/**
 * Run `stageToFile` in a thread, while the main thread only reads the bytes. The promise settles after the thread has
 * ended. Small directories are staged in the main thread.
 *
 * @throws as `stageToFile`; the signal's reason after an abort.
 */
export async function stageInThread(
  path: string,
  archive: Archive,
  options: StageOptions = {},
): Promise<StagedEntries> {
  if (archive.entries < MIN_ENTRIES) return stageToFile(path, archive, options)
  const { location, parts, entries, directory, directoryBytes } = archive
  const { signal, onProgress, onOther } = options
  signal?.throwIfAborted()
  const job: DirectoryJob = {
    path,
    location,
    entries,
    directory,
    directoryBytes,
    wantsOthers: onOther !== undefined,
    parts: parts.sources.map(({ name, size, isRemote }) => ({ name, size, isRemote })),
  }
  const worker = new Worker(new URL('./start-directory.node.mjs', import.meta.url), {
    workerData: job,
  })
  const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  /** The first error in the main thread. It makes the thread end at the next read. */
  let failure: { error: unknown } | null = null
  const orFail = async (work: () => unknown) => {
    try {
      await work()
    } catch (error) {
      failure ??= { error }
    }
  }
  const read = async ({ id, part, offset, length }: FromDirectory & { kind: 'read' }) => {
    let bytes: Uint8Array | null = null
    await orFail(async () => {
      if (failure === null) bytes = own(await parts.source(part).read(offset, length, signal))
    })
    const message: ToDirectory = { id, bytes }
    worker.postMessage(message, bytes ? [(bytes as Uint8Array).buffer as ArrayBuffer] : [])
  }
  let staged: StagedEntries | null = null
  worker.on('message', (message: FromDirectory) => {
    if (message.kind === 'read') void read(message)
    else if (message.kind === 'progress')
      void orFail(() => onProgress?.(message.bytes, directoryBytes))
    else if (message.kind === 'other') void orFail(() => onOther?.(message.entry, message.problem))
    else if (message.kind === 'done') staged = message.staged
    else
      failure ??= {
        error: message.isUserError ? new UserError(message.message) : new Error(message.message),
      }
  })
  worker.on('error', error => {
    failure ??= { error }
  })
  await ended
  signal?.throwIfAborted()
  if (failure) throw (failure as { error: unknown }).error
  if (!staged) throw new Error('the thread that reads the directory ended too early')
  return staged
}

/** Copy bytes out of a shared buffer, because a transfer to another thread would move the complete buffer. */
const own = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)
