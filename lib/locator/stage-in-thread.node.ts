import { Worker } from 'node:worker_threads'
import type { Archive } from '../archive/archive'
import { UserError } from '../errors'
import type { DirectoryJob, FromDirectory, ToDirectory } from './directory-messages'
import { type StagedEntries, type StageOptions, stageToFile } from './stage-entries.node.ts'

/** Smaller directories are read faster than a thread starts. */
const MIN_ENTRIES = 20_000

/**
 * `stageToFile` in a thread; the main thread only reads the bytes. The thread has ended when the promise settles.
 *
 * @throws as `stageToFile`; the signal's reason once it is aborted.
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
  /** The first error in the main thread; the thread then ends at its next read. */
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

/** Bytes in a separate buffer, which can be transferred to another thread. */
const own = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)
