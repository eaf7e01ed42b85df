/// <reference lib="webworker" />
import { messageOf } from '../errors'
import { assertHash, decode, download, startParquet } from './parquet-files.browser.ts'
import {
  BATCHES_IN_FLIGHT,
  type ParquetReply,
  type ParquetRequest,
  type WantedFile,
} from './parquet-messages'

/**
 * Runs in a worker: downloads Parquet files and sends their rows as Arrow IPC, in the order of the files. All
 * downloads of a request start at once; decoding waits while too many batches are unacknowledged.
 */

declare const self: DedicatedWorkerGlobalScope

let credit = BATCHES_IN_FLIGHT
let creditCame: (() => void) | undefined

self.onmessage = ({ data }: MessageEvent<ParquetRequest>) => {
  if (data.type === 'read') return readAll(data.files, data.wasmUrl)
  credit++
  creditCame?.()
}

const reply = (message: ParquetReply, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer)

async function readAll(files: readonly WantedFile[], wasmUrl: string) {
  const started = startParquet(wasmUrl)
  const downloads = files.map(file => download(file, bytes => reply({ type: 'received', bytes })))
  // Prevents unhandled rejections until each promise is awaited in its turn.
  for (const one of [started, ...downloads]) one.catch(() => {})
  for (const [file, wanted] of files.entries()) {
    try {
      const [blob] = await Promise.all([downloads[file] as Promise<Blob>, started])
      await Promise.all([assertHash(blob, wanted), sendBatches(blob, wanted.columns, file)])
    } catch (cause) {
      const message = messageOf(cause)
      return reply({ type: 'failed', file, message })
    }
  }
  reply({ type: 'done' })
}

async function sendBatches(blob: Blob, columns: string[], file: number) {
  for await (const ipc of decode(blob, columns)) {
    while (credit === 0)
      await new Promise<void>(resolve => {
        creditCame = resolve
      })
    credit--
    reply({ type: 'batch', file, ipc }, [ipc.buffer])
  }
}
