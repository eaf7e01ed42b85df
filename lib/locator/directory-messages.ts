import type { ArchiveEntry } from '../archive/entry'
import type { Place } from '../archive/parts'
import type { StagedEntries } from './stage-entries.node.ts'

/** Start data of the thread that reads the central directory of an archive. */
export interface DirectoryJob {
  /** Path of the new database. */
  readonly path: string
  readonly location: string
  readonly parts: readonly {
    readonly name: string
    readonly size: number
    readonly isRemote: boolean
  }[]
  readonly entries: number
  readonly directory: Place
  readonly directoryBytes: number
  /** Whether the thread reports entries that are not pictures. */
  readonly wantsOthers: boolean
}

export type FromDirectory =
  | {
      readonly kind: 'read'
      readonly id: number
      readonly part: number
      readonly offset: number
      readonly length: number
    }
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'other'; readonly entry: ArchiveEntry; readonly problem: string | null }
  | { readonly kind: 'done'; readonly staged: StagedEntries }
  | { readonly kind: 'failed'; readonly isUserError: boolean; readonly message: string }

/** Reply to a `read` message, with the same id. If the bytes cannot be read, `bytes` is null and the thread stops. */
export interface ToDirectory {
  readonly id: number
  readonly bytes: Uint8Array | null
}
