import type { EntryProblem } from './entry-problems'
import type { Place } from './parts'

/**
 * Where an entry is and what it must be like: all that reading it takes besides its name. Small
 * numbers, so that it fits in a row of a table.
 */
export interface EntryLocator extends Place {
  /** Bytes of the packed data in the archive. */
  readonly compressedBytes: number
  /** Bytes of the data itself. */
  readonly bytes: number
  /** 0 stored, 8 deflated; others cannot be read. */
  readonly method: number
  /** CRC-32 of the data, unsigned. */
  readonly crc32: number
}

/** A locator with the name that its local header must have. */
export interface NamedLocator extends EntryLocator {
  readonly name: string
}

/** One entry of the directory; part and offset are those of its local header. */
export interface ArchiveEntry extends NamedLocator {
  /** Whether it stands for a folder: its name ends in "/". */
  readonly isFolder: boolean
  /** Why it must not be used, or null; such entries are for a list of rejects. */
  readonly problem: EntryProblem | null
}

export const STORED = 0
export const DEFLATED = 8
