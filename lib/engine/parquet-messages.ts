/** What the page and its Parquet worker say to each other. */
export type ParquetRequest =
  | {
      readonly type: 'read'
      readonly url: string
      /** Size and hash that the file must have. */
      readonly bytes: number
      readonly sha256: string
      readonly columns: string[]
      readonly wasmUrl: string
    }
  | { readonly type: 'next' }

export type ParquetReply =
  | { readonly type: 'received'; readonly bytes: number }
  /** Arrow IPC stream of some rows, whole with schema and end. */
  | { readonly type: 'batch'; readonly ipc: Uint8Array }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string }
