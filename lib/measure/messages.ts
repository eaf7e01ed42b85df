import type { Wait } from '../archive/wait-budget'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { BatchResult } from './measure-batch.node.ts'
import type { Batch } from './part-file.node.ts'

/** Description of a run, the same for all threads. */
export interface Job {
  readonly folder: ManifestFolder
  /** Path of the release folder, or path or URL of the ZIP. */
  readonly place: string
  /** Values of --allow-root. */
  readonly allowRoots: readonly string[]
  /** `ImageStore.identity` of the store. */
  readonly identity: string
  /** Folder of the part files. */
  readonly dir: string
  readonly sizeOnly: boolean
  /** Maximum time to wait for the archive's server, in ms. */
  readonly waitAtMostMs?: number | undefined
  /** Measure only the pictures of `retriedSql`. */
  readonly retry: boolean
}

/** Counts of a measured batch. The rows are in the part file. */
export type BatchCounts = Omit<BatchResult, 'rows'>

/** Message to a thread: the next batch, or a request to stop. */
export type ToWorker = { readonly batch: Batch } | { readonly stop: true }

/** Message from a thread. The main thread answers `ready` and `done` with the next batch. `wait` reports long waits. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pictures'; readonly pictures: number }
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'done'; readonly counts: BatchCounts }
  | {
      readonly kind: 'failed'
      readonly message: string
      /** True if the message is for users (the store or the disk failed). False for a bug; the message has a stack. */
      readonly isUserError: boolean
    }
