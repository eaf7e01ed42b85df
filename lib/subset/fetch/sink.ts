import type { NamedLocator } from '../../archive/entry'

/** A file to fetch: the place in the archive, and the path in the release. */
export interface WantedFile extends NamedLocator {
  readonly path: string
}

/** Files that are fetched together, roughly in the archive's order. */
export interface Batch {
  readonly files: readonly WantedFile[]
  /** Whether a file already exists with the correct content. */
  isGood(file: WantedFile): Promise<boolean>
  /** Store the checked content of a file. Calls come in any order and may overlap. */
  store(file: WantedFile, data: Uint8Array): Promise<void>
  /**
   * Called when every file of the batch existed, was stored, or failed.
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
   * Lock the target and check the free disk space. Called first.
   *
   * @throws UserError if another fetch uses the target, or the disk is too small.
   */
  open(): Promise<void>
  batches(): AsyncIterable<Batch>
  /** Called after the last batch. */
  finish(failed: number): Promise<void>
  /** Always called, even after an error in `open`. */
  close(): Promise<void>
}

/** A file beside the pictures: index, class map, recipe, credits, or another file of the release. */
export interface Companion {
  /** Path in the release's folder. */
  readonly name: string
  /** The content from the start. Every call gives the same content. */
  content(): AsyncIterable<string | Uint8Array>
  /** Size and CRC-32 of the content, if known before it is read. */
  readonly known?: { readonly bytes: number; readonly crc32: number }
}
