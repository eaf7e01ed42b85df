/// <reference lib="webworker" />
import initParquet, { ParquetFile } from 'parquet-wasm'
import {
  BATCHES_IN_FLIGHT,
  type ParquetReply,
  type ParquetRequest,
  type WantedFile,
} from './parquet-messages'

/**
 * Runs in a worker: downloads Parquet files and hands their rows on as Arrow IPC, in the order of
 * the files. All downloads of a request start at once; decoding waits while too many batches are
 * on their way.
 */

declare const self: DedicatedWorkerGlobalScope

/** Row groups that one message holds: about a quarter of a million rows. */
const GROUPS_PER_BATCH = 2

let ready: Promise<unknown> | undefined
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
  ready ??= initParquet({ module_or_path: wasmUrl })
  const downloads = files.map(download)
  // Each is awaited in its turn; until then a failed one is no unhandled rejection.
  for (const one of downloads) one.catch(() => {})
  for (const [file, wanted] of files.entries()) {
    try {
      const [blob] = await Promise.all([downloads[file] as Promise<Blob>, ready])
      await Promise.all([assertHash(blob, wanted), decode(blob, wanted.columns, file)])
    } catch (cause) {
      // A later try may succeed: do not keep a failed start.
      ready = undefined
      const message = cause instanceof Error ? cause.message : String(cause)
      return reply({ type: 'failed', file, message })
    }
  }
  reply({ type: 'done' })
}

async function download({ url, bytes }: WantedFile): Promise<Blob> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  if (!response.body) throw new Error('the server sent no data')
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let received = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    received += value.byteLength
    reply({ type: 'received', bytes: value.byteLength })
  }
  if (received !== bytes) throw new Error(`${received} bytes came, the manifest lists ${bytes}`)
  return new Blob(chunks)
}

async function assertHash(blob: Blob, { sha256 }: WantedFile) {
  // Browsers hash only in secure contexts; elsewhere the row counts must do.
  if (!crypto.subtle) return
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  if (hex(digest) !== sha256) throw new Error('its content does not have the listed hash')
}

async function decode(blob: Blob, columns: string[], file: number) {
  const parquet = await ParquetFile.fromFile(blob)
  const groups = parquet.metadata().numRowGroups()
  for (let first = 0; first < groups; first += GROUPS_PER_BATCH) {
    const count = Math.min(GROUPS_PER_BATCH, groups - first)
    const rowGroups = Array.from({ length: count }, (_, i) => first + i)
    const table = await parquet.read({ columns, rowGroups, batchSize: 65_536 })
    const ipc = table.intoIPCStream()
    await spendCredit()
    reply({ type: 'batch', file, ipc }, [ipc.buffer])
  }
  parquet.free()
}

async function spendCredit() {
  while (credit === 0)
    await new Promise<void>(resolve => {
      creditCame = resolve
    })
  credit--
}

const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('')
