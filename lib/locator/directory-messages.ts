import type { ArchiveEntry } from '../archive/entry'
import type { Place } from '../archive/parts'
import type { StagedEntries } from './stage-entries.node.ts'

/** Data of the thread that reads a directory, at its start. */
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

/** The requested bytes; null if they cannot be read, so that the thread ends. */
export interface ToDirectory {
  readonly id: number
  readonly bytes: Uint8Array | null
}
