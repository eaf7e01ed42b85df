import type { EntryProblem } from './entry-problems'
import type { Place } from './parts'

/** Everything that reading an entry needs besides its name. A row of the table `locator`. */
export interface EntryLocator extends Place {
  /** Bytes of the packed data in the archive. */
  readonly compressedBytes: number
  /** Bytes of the unpacked data. */
  readonly bytes: number
  /** 0 stored, 8 deflated; other methods cannot be read. */
  readonly method: number
  /** CRC-32 of the unpacked data, unsigned. */
  readonly crc32: number
}

/** A locator with the name that the local header must have. */
export interface NamedLocator extends EntryLocator {
  readonly name: string
}

/** One entry of the directory; part and offset are the place of its local header. */
export interface ArchiveEntry extends NamedLocator {
  /** Whether the entry is a folder: its name ends in "/". */
  readonly isFolder: boolean
  /** Why the entry must not be used, or null. Such entries are listed as rejects. */
  readonly problem: EntryProblem | null
}

export const STORED = 0
export const DEFLATED = 8
