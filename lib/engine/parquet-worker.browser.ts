/// <reference lib="webworker" />
import initParquet, { ParquetFile } from 'parquet-wasm'
import type { ParquetReply, ParquetRequest } from './parquet-messages'

/**
 * Runs in a worker: downloads one Parquet file at a time and hands it on as Arrow IPC, a few row
 * groups in each message. It waits for a word after each batch, so that no more than one is in
 * flight.
 */

declare const self: DedicatedWorkerGlobalScope

/** Row groups that one message holds: about a quarter of a million rows. */
const GROUPS_PER_BATCH = 2

let ready: Promise<unknown> | undefined
let proceed: (() => void) | undefined

self.onmessage = async ({ data }: MessageEvent<ParquetRequest>) => {
  if (data.type === 'next') return proceed?.()
  try {
    ready ??= initParquet({ module_or_path: data.wasmUrl })
    const [file] = await Promise.all([download(data), ready])
    await decode(file, data.columns)
    reply({ type: 'done' })
  } catch (cause) {
    // A later file may load: do not keep a failed start.
    ready = undefined
    reply({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) })
  }
}

const reply = (message: ParquetReply, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer)

async function download({ url, bytes, sha256 }: Extract<ParquetRequest, { type: 'read' }>) {
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
  const blob = new Blob(chunks)
  // Hashing costs 0.1 s per 50 MB here, off the main thread; without it damage shows as odd counts.
  const digest = crypto.subtle && (await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  if (digest && hex(digest) !== sha256) throw new Error('its content does not have the listed hash')
  return blob
}

async function decode(blob: Blob, columns: string[]) {
  const file = await ParquetFile.fromFile(blob)
  const groups = file.metadata().numRowGroups()
  for (let first = 0; first < groups; first += GROUPS_PER_BATCH) {
    const rowGroups = Array.from(
      { length: Math.min(GROUPS_PER_BATCH, groups - first) },
      (_, i) => first + i,
    )
    const table = await file.read({ columns, rowGroups, batchSize: 65_536 })
    const ipc = table.intoIPCStream()
    const taken = new Promise<void>(resolve => {
      proceed = resolve
    })
    reply({ type: 'batch', ipc }, [ipc.buffer])
    await taken
  }
  file.free()
}

const hex = (buffer: ArrayBuffer) =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('')
