import { parentPort, workerData } from 'node:worker_threads'
import { UserError } from '../errors'
import { diskError } from '../store/disk-error'
import { measurePart } from './measure-part.node.ts'
import type { FromWorker, Job, ToWorker } from './messages'
import { openSource } from './source.node.ts'

if (!parentPort) throw new Error('worker.node.ts is for a thread')
const port = parentPort
const tell = (message: FromWorker) => port.postMessage(message)
const job = workerData as Job
const stopping = new AbortController()

const orFail = async (work: () => Promise<void>) => {
  try {
    await work()
  } catch (thrown) {
    if (stopping.signal.aborted) return
    const error = diskError(thrown, job.folder.dir)
    const isUserError = error instanceof UserError
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    tell({ kind: 'failed', isUserError, message: isUserError ? error.message : text })
  }
}

await orFail(async () => {
  const { waitAtMostMs } = job
  const source = await openSource(job, {
    ...(waitAtMostMs !== undefined && { waitAtMostMs }),
    onWait: wait => tell({ kind: 'wait', wait }),
  })
  let last = Promise.resolve()
  port.on('message', (message: ToWorker) => {
    if ('stop' in message) {
      stopping.abort()
      // Wait for the current batch. Closing the port then lets the thread end.
      last = last.then(() => source.close()).then(() => port.close())
      return
    }
    last = orFail(async () => {
      const counts = await measurePart(source, job, message.batch, {
        signal: stopping.signal,
        onPictures: pictures => tell({ kind: 'pictures', pictures }),
      })
      tell({ kind: 'done', counts })
    })
  })
  tell({ kind: 'ready' })
})
