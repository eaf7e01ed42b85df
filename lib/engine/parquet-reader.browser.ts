import { UserError } from '../errors'
import type { ManifestFile } from '../manifest/manifest'
import { ENGINE_URLS } from './assets'
import type { ParquetReply, ParquetRequest } from './parquet-messages'

export interface ReadOptions {
  /** Where the manifest's files are, with a slash at the end. */
  readonly baseUrl: string
  readonly columns: string[]
  /** Called with the number of bytes that just came. */
  readonly onBytes: (bytes: number) => void
  /** Called with an Arrow IPC stream of some rows; the next batch waits for it. */
  readonly onBatch: (ipc: Uint8Array) => Promise<void>
}

/** Reads Parquet files in a worker of its own; `close` frees the worker's memory. */
export interface ParquetReader {
  /** @throws UserError that names the file, if it cannot be had or is not as listed. */
  read(file: ManifestFile, options: ReadOptions): Promise<void>
  close(): void
}

export function openParquetReader(): ParquetReader {
  const worker = new Worker(new URL('./parquet-worker.browser.ts', import.meta.url), {
    type: 'module',
    name: 'parquet',
  })
  const send = (message: ParquetRequest) => worker.postMessage(message)
  return {
    read: (file, { baseUrl, columns, onBytes, onBatch }) =>
      new Promise((resolve, reject) => {
        const fail = (reason: string) =>
          reject(
            new UserError(
              `${file.file} could not be loaded: ${reason}; reload the page, or write the manifest again`,
            ),
          )
        worker.onerror = event => fail(event.message || 'its reader stopped')
        worker.onmessage = ({ data }: MessageEvent<ParquetReply>) => {
          if (data.type === 'received') onBytes(data.bytes)
          else if (data.type === 'done') resolve()
          else if (data.type === 'failed') fail(data.message)
          else onBatch(data.ipc).then(() => send({ type: 'next' }), reject)
        }
        send({
          type: 'read',
          url: new URL(file.file, new URL(baseUrl, location.href)).href,
          bytes: file.bytes,
          sha256: file.sha256,
          columns,
          wasmUrl: new URL(ENGINE_URLS.parquetWasm, location.href).href,
        })
      }),
    close: () => worker.terminate(),
  }
}
