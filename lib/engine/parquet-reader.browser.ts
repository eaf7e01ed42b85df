import { UserError } from '../errors'
import type { ManifestFile } from '../manifest/manifest'
import { ENGINE_URLS } from './assets'
import type { ParquetReply, ParquetRequest } from './parquet-messages'

export interface FileToRead {
  readonly file: ManifestFile
  readonly columns: string[]
}

export interface ReadOptions {
  /** Where the manifest's files are, with a slash at the end. */
  readonly baseUrl: string
  /** Called with the number of bytes that just came. */
  readonly onBytes: (bytes: number) => void
  /**
   * Called with some rows of the file at a position in `files`, in order. A few more calls come before the first
   * promise settles.
   */
  readonly onBatch: (position: number, ipc: Uint8Array) => Promise<void>
}

/** Reads Parquet files in a worker; `close` ends the worker and frees its memory. */
export interface ParquetReader {
  /**
   * Read files; ends when every batch was handled.
   *
   * @throws UserError that names a file that cannot be downloaded or differs from the list.
   */
  read(files: readonly FileToRead[], options: ReadOptions): Promise<void>
  close(): void
}

export function openParquetReader(): ParquetReader {
  const worker = new Worker(new URL('./parquet-worker.browser.ts', import.meta.url), {
    type: 'module',
    name: 'parquet',
  })
  const send = (message: ParquetRequest) => worker.postMessage(message)
  return {
    read: (files, { baseUrl, onBytes, onBatch }) =>
      new Promise((resolve, reject) => {
        const base = new URL(baseUrl, location.href)
        const fail = (position: number, reason: string) =>
          reject(
            new UserError(
              `${files[position]?.file.file ?? 'The data'} could not be loaded: ${reason}; retry, or write the manifest again`,
            ),
          )
        let taken: Promise<unknown> = Promise.resolve()
        worker.onerror = event => fail(-1, event.message || 'its reader stopped')
        worker.onmessage = ({ data }: MessageEvent<ParquetReply>) => {
          if (data.type === 'received') onBytes(data.bytes)
          else if (data.type === 'failed') fail(data.file, data.message)
          else if (data.type === 'done') taken.then(() => resolve(), reject)
          else {
            const batch = onBatch(data.file, data.ipc)
            taken = Promise.all([taken, batch])
            batch.then(() => send({ type: 'next' }), reject)
          }
        }
        send({
          type: 'read',
          files: files.map(({ file: { file, bytes, sha256 }, columns }) => {
            return { url: new URL(file, base).href, bytes, sha256, columns }
          }),
          wasmUrl: new URL(ENGINE_URLS.parquetWasm, location.href).href,
        })
      }),
    close: () => worker.terminate(),
  }
}
