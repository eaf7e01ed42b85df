import type { ArchiveEntry } from '../archive/entry'
import type { Place } from '../archive/parts'
import type { StagedEntries } from './stage-entries.node.ts'

/** What the thread that reads a directory is told at its start. */
export interface DirectoryJob {
  /** Of the database to be made. */
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
  /** Whether other entries than pictures are to be told. */
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

/** The bytes that were asked for; null if they cannot be had, and the thread is to end. */
export interface ToDirectory {
  readonly id: number
  readonly bytes: Uint8Array | null
}
