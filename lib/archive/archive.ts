import type { TransferCounters } from './byte-source'
import type { Parts, Place } from './parts'

/** An open archive. Its parts stay open until `close`. */
export interface Archive {
  /** Path or URL of its `.zip`, as it was given. */
  readonly location: string
  readonly parts: Parts
  /** Entries that the directory has, as its end says; the scan checks it. */
  readonly entries: number
  readonly directory: Place
  readonly directoryBytes: number
  /** What reading has cost so far. */
  readonly counters: TransferCounters
  close(): Promise<void>
}

/**
 * What tells an archive from another, small enough to be kept beside a locator: open the archive with
 * it later, and parts that were exchanged meanwhile are refused.
 */
export interface ArchiveFacts {
  readonly parts: readonly { readonly name: string; readonly bytes: number }[]
  readonly entries: number
  readonly directoryBytes: number
}

/** File names without folders or hosts, so that an archive may move. */
export const archiveFacts = ({ parts, entries, directoryBytes }: Archive): ArchiveFacts => ({
  parts: parts.sources.map(({ name, size }) => ({ name: fileName(name), bytes: size })),
  entries,
  directoryBytes,
})

/** Last step of a path or URL. */
export const fileName = (name: string): string => name.replace(/^.*[/\\]/s, '')
