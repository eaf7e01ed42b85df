import { parentPort, workerData } from 'node:worker_threads'
import type { ByteSource } from '../archive/byte-source'
import { Parts } from '../archive/parts'
import { UserError } from '../errors'
import type { DirectoryJob, FromDirectory, ToDirectory } from './directory-messages'
import { stageToFile } from './stage-entries.node.ts'

/**
 * The thread of `stageInThread`, which parses and stages entries. The main thread reads the bytes, because connections,
 * retries and counters are there.
 */
if (!parentPort) throw new Error('directory-thread.node.ts is for a thread')
const port = parentPort
const tell = (message: FromDirectory) => port.postMessage(message)
const job = workerData as DirectoryJob

const waiting = new Map<number, (bytes: Uint8Array | null) => void>()
let asked = 0
port.on('message', ({ id, bytes }: ToDirectory) => {
  waiting.get(id)?.(bytes)
  waiting.delete(id)
})

const sources = job.parts.map(
  (facts, part): ByteSource => ({
    ...facts,
    async read(offset, length) {
      const id = asked++
      tell({ kind: 'read', id, part, offset, length })
      const bytes = await new Promise<Uint8Array | null>(resolve => waiting.set(id, resolve))
      if (bytes === null) throw new Error('the main thread has no bytes')
      return bytes
    },
    close: async () => {},
  }),
)

try {
  const staged = await stageToFile(
    job.path,
    { ...job, parts: new Parts(sources) },
    {
      onProgress: bytes => tell({ kind: 'progress', bytes }),
      ...(job.wantsOthers && {
        onOther: (entry, problem) => tell({ kind: 'other', entry, problem }),
      }),
    },
  )
  tell({ kind: 'done', staged })
} catch (error) {
  const isUserError = error instanceof UserError
  // Send the message of the cause: it contains the disk's message, which `diskError` recognizes.
  const { message, cause } = error as Error
  const text = isUserError || !(cause instanceof Error) ? message : cause.message
  tell({ kind: 'failed', isUserError, message: text })
}
port.close()
