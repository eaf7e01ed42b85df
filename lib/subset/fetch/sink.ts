import type { NamedLocator } from '../../archive/entry'

/** A file to fetch: its place in the archive, and its path in the release. */
export interface WantedFile extends NamedLocator {
  readonly path: string
}

/** Files that are fetched together, roughly in the archive's order. */
export interface Batch {
  readonly files: readonly WantedFile[]
  /** Whether a file exists already with the right content. */
  isGood(file: WantedFile): Promise<boolean>
  /** Store the checked content of a file; called in any order, and several times at once. */
  store(file: WantedFile, data: Uint8Array): Promise<void>
  /**
   * Called when all files of the batch existed, were stored, or failed.
   *
   * @param failed Number of files that could not be read.
   */
  end(failed: number): Promise<void>
}

/**
 * Target of fetched files: a folder, shards, or a ZIP. A file with a final name is always complete and correct.
 */
export interface Sink {
  /** The target, for messages. */
  readonly out: string
  /**
   * Lock the target and check the room on disk; called first.
   *
   * @throws UserError if another fetch uses the target, or the disk has no room.
   */
  open(): Promise<void>
  batches(): AsyncIterable<Batch>
  /** Called after the last batch. */
  finish(failed: number): Promise<void>
  /** Called in any case, even after an error of `open`. */
  close(): Promise<void>
}

/** A file beside the pictures: index, class map, recipe, credits, or another file of the release. */
export interface Companion {
  /** Path in the release's folder. */
  readonly name: string
  /** The content from its start; the same at each call. */
  content(): AsyncIterable<string | Uint8Array>
  /** Size and CRC-32 of the content, where they are known before it is read. */
  readonly known?: { readonly bytes: number; readonly crc32: number }
}
