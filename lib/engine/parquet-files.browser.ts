import initParquet, { ParquetFile } from 'parquet-wasm'
import type { WantedFile } from './parquet-messages'

/** Bytes that are hashed at a time. */
const HASH_BYTES = 4_000_000

/** Row groups per batch: about a quarter of a million rows. */
const GROUPS_PER_BATCH = 2

let ready: Promise<unknown> | undefined

/** Start the Parquet reader once per worker; a failed start is tried again. */
export function startParquet(wasmUrl: string): Promise<unknown> {
  ready ??= initParquet({ module_or_path: wasmUrl }).catch(cause => {
    ready = undefined
    throw cause
  })
  return ready
}

/**
 * Download a file.
 *
 * @param onBytes Called with the number of bytes that just came.
 * @throws Error that says why the file cannot be downloaded, or that its size is not the listed one.
 */
export async function download(
  { url, bytes }: WantedFile,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const response = await fetch(url).catch(() => {
    throw new Error(unreachable(url))
  })
  // Files are named by content, so a missing file was replaced by a new manifest.
  if (response.status === 404)
    throw new Error('the server now has another manifest; reload the page (your filter stays)')
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
    onBytes(value.byteLength)
  }
  if (received !== bytes)
    throw new Error(`${received} bytes received, but the manifest lists ${bytes}`)
  return new Blob(chunks)
}

/** @throws Error if the content does not have the listed hash. */
export async function assertHash(blob: Blob, { sha256 }: WantedFile): Promise<void> {
  if (hex(await sha256Of(blob)) !== sha256)
    throw new Error('the content does not match the listed hash')
}

/** SHA-256 of a file. Browsers have it only in secure contexts: a page from another machine over http has none. */
async function sha256Of(blob: Blob): Promise<Uint8Array> {
  if (crypto.subtle)
    return new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  const { sha256 } = await import('@noble/hashes/sha2')
  const hash = sha256.create()
  for (let start = 0; start < blob.size; start += HASH_BYTES)
    hash.update(new Uint8Array(await blob.slice(start, start + HASH_BYTES).arrayBuffer()))
  return hash.digest()
}

/** Decode a Parquet file into complete Arrow IPC streams of some rows each. Call `startParquet` before. */
export async function* decode(blob: Blob, columns: string[]): AsyncGenerator<Uint8Array> {
  const parquet = await ParquetFile.fromFile(blob)
  const groups = parquet.metadata().numRowGroups()
  for (let first = 0; first < groups; first += GROUPS_PER_BATCH) {
    const count = Math.min(GROUPS_PER_BATCH, groups - first)
    const rowGroups = Array.from({ length: count }, (_, i) => first + i)
    const table = await parquet.read({ columns, rowGroups, batchSize: 65_536 })
    yield table.intoIPCStream()
  }
  parquet.free()
}

/** A browser does not say why a request to another host failed. */
function unreachable(url: string): string {
  const { origin, host } = new URL(url)
  if (origin === location.origin) return 'the server cannot be reached'
  return `${host} cannot be reached, or does not let this page read its files: it must send the header "Access-Control-Allow-Origin: ${location.origin}", or "*"`
}

const hex = (digest: Uint8Array) =>
  Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
