import type { Wait } from '../archive/wait-budget'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { BatchResult } from './measure-batch.node.ts'
import type { Batch } from './part-file.node.ts'

/** What all threads measure. */
export interface Job {
  readonly folder: ManifestFolder
  /** Release folder, or its ZIP. */
  readonly place: string
  /** Values of --allow-root. */
  readonly allowRoots: readonly string[]
  /** `ImageStore.identity` of the store. */
  readonly identity: string
  /** Folder of the parts. */
  readonly dir: string
  readonly sizeOnly: boolean
  /** Maximum time to wait for the archive's server, in ms. */
  readonly waitAtMostMs?: number | undefined
  /** Only pictures that an earlier run has not measured. */
  readonly retry: boolean
}

/** Counts of a measured batch; its rows are in the part. */
export type BatchCounts = Omit<BatchResult, 'rows'>

/** To a thread: the next batch, or the end. */
export type ToWorker = { readonly batch: Batch } | { readonly stop: true }

/** From a thread, which asks for a batch when it is ready and after each batch, and tells of longer waits. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pictures'; readonly pictures: number }
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'done'; readonly counts: BatchCounts }
  | {
      readonly kind: 'failed'
      readonly message: string
      /** Whether the message is for people: the store or the disk failed. */
      readonly isUserError: boolean
    }
