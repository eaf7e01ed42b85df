/** What the page and its Parquet worker say to each other. */
export type ParquetRequest =
  | {
      readonly type: 'read'
      readonly files: readonly WantedFile[]
      readonly wasmUrl: string
    }
  /** One more batch may come. */
  | { readonly type: 'next' }

export interface WantedFile {
  readonly url: string
  /** Size and hash that the file must have. */
  readonly bytes: number
  readonly sha256: string
  readonly columns: string[]
}

export type ParquetReply =
  | { readonly type: 'received'; readonly bytes: number }
  /** Some rows of one file, as a whole Arrow IPC stream. */
  | { readonly type: 'batch'; readonly file: number; readonly ipc: Uint8Array }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly file: number; readonly message: string }

/** Batches that may be on their way at once: decoding goes on while the database takes one in. */
export const BATCHES_IN_FLIGHT = 4
