import { Worker } from 'node:worker_threads'
import type { HttpOptions } from '../archive/http-request'
import { UserError } from '../errors'
import { measurePart } from './measure-part.node.ts'
import type { BatchCounts, FromWorker, Job, ToWorker } from './messages'
import type { Batch } from './part-file.node.ts'
import { openSource } from './source.node.ts'

export interface RunOptions {
  /** Maximum number of threads. With one thread or one batch, the main thread measures. */
  readonly threads: number
  readonly signal?: AbortSignal
  readonly http?: HttpOptions | undefined
  readonly onPictures: (pictures: number) => void
  /** Called after each batch. May throw to end the run. */
  readonly onBatch: (counts: BatchCounts) => void
}

/**
 * Measure batches in parallel and write a part file for each batch. If the run fails, part files of finished batches
 * remain.
 *
 * @throws UserError if the store or the disk fails; as `onBatch`; the signal's reason after an abort.
 */
export async function runBatches(
  job: Job,
  batches: readonly Batch[],
  options: RunOptions,
): Promise<void> {
  const threads = Math.min(options.threads, batches.length)
  if (threads > 1) return runThreads(job, batches, threads, options)
  const source = await openSource(job, options.http)
  try {
    for (const batch of batches) {
      options.signal?.throwIfAborted()
      options.onBatch(await measurePart(source, job, batch, options))
    }
  } finally {
    await source.close()
  }
}

async function runThreads(
  job: Job,
  batches: readonly Batch[],
  threads: number,
  options: RunOptions,
): Promise<void> {
  const waiting = batches.values()
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./start-worker.node.mjs', import.meta.url), { workerData: job }),
  )
  const ended = workers.map(worker => new Promise(resolve => worker.once('exit', resolve)))
  const abort = new AbortController()
  const onAbort = () => abort.abort(options.signal?.reason)
  options.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    options.signal?.throwIfAborted()
    await Promise.all(workers.map(worker => feed(worker, waiting, abort.signal, options)))
  } finally {
    options.signal?.removeEventListener('abort', onAbort)
    abort.abort()
    for (const worker of workers) worker.postMessage({ stop: true } satisfies ToWorker)
    const late = setTimeout(() => {
      for (const worker of workers) void worker.terminate()
    }, STOP_MS)
    await Promise.all(ended)
    clearTimeout(late)
  }
}

/** Time in ms that a thread gets to finish the current picture, before it is terminated. */
const STOP_MS = 5_000

/** Send batches to a thread until no batches are left. */
function feed(
  worker: Worker,
  waiting: Iterator<Batch>,
  signal: AbortSignal,
  { onPictures, onBatch, http }: RunOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const { value, done } = waiting.next()
      if (done) resolve()
      else worker.postMessage({ batch: value } satisfies ToWorker)
    }
    const heard = (message: FromWorker) => {
      if (message.kind === 'pictures') onPictures(message.pictures)
      else if (message.kind === 'wait') http?.onWait?.(message.wait)
      else if (message.kind === 'failed')
        reject(message.isUserError ? new UserError(message.message) : new Error(message.message))
      else {
        if (message.kind === 'done') onBatch(message.counts)
        next()
      }
    }
    worker.on('message', (message: FromWorker) => {
      try {
        heard(message)
      } catch (error) {
        reject(error)
      }
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('a measuring thread ended too early')))
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
