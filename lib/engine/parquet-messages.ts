/** Messages to and from the Parquet worker. */
export type ParquetRequest =
  | {
      readonly type: 'read'
      readonly files: readonly WantedFile[]
      readonly wasmUrl: string
    }
  /** The worker may send one more batch. */
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
  /** Some rows of one file, as a complete Arrow IPC stream. */
  | { readonly type: 'batch'; readonly file: number; readonly ipc: Uint8Array }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly file: number; readonly message: string }

/** Maximum number of unacknowledged batches, so that decoding continues while the database inserts one. */
export const BATCHES_IN_FLIGHT = 4
