import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { BatchResult } from './measure-batch.node.ts'
import type { Batch } from './part-file.node.ts'

/** What all threads work on. */
export interface Job {
  readonly folder: ManifestFolder
  /** Release folder, or its ZIP. */
  readonly place: string
  /** Of the store there: see `ImageStore.identity`. */
  readonly identity: string
  /** Folder of the parts. */
  readonly dir: string
  readonly sizeOnly: boolean
}

/** How much of a batch was measured; its rows are in its part. */
export type BatchCounts = Omit<BatchResult, 'rows'>

/** To a thread: the next batch, or that there is none. */
export type ToWorker = { readonly batch: Batch } | { readonly stop: true }

/** From a thread. It asks for a batch once it is ready, and after each one. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pictures'; readonly pictures: number }
  | { readonly kind: 'done'; readonly counts: BatchCounts }
  | {
      readonly kind: 'failed'
      readonly message: string
      /** For people as it is: the store or the disk failed. */
      readonly isUserError: boolean
    }
