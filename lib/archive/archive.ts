import type { TransferCounters } from './byte-source'
import type { Parts, Place } from './parts'

/** An open archive. The files of all parts stay open until `close`. */
export interface Archive {
  /** Path or URL of the `.zip`, as the caller gave it. */
  readonly location: string
  readonly parts: Parts
  /** Number of entries in the directory, according to the end record; `scanDirectory` checks it. */
  readonly entries: number
  readonly directory: Place
  readonly directoryBytes: number
  /** What reading has cost so far. */
  readonly counters: TransferCounters
  close(): Promise<void>
}

/**
 * Sizes and names that identify an archive. A manifest stores them beside the locator; `openArchive` then
 * refuses an archive whose parts were replaced meanwhile.
 */
export interface ArchiveFacts {
  readonly parts: readonly { readonly name: string; readonly bytes: number }[]
  readonly entries: number
  readonly directoryBytes: number
}

/** The names have no folder and no host, so that an archive may be moved. */
export const archiveFacts = ({ parts, entries, directoryBytes }: Archive): ArchiveFacts => ({
  parts: parts.sources.map(({ name, size }) => ({ name: fileName(name), bytes: size })),
  entries,
  directoryBytes,
})

/** Last step of a path or URL. */
export const fileName = (name: string): string => name.replace(/^.*[/\\]/s, '')
