import type { NamedLocator } from '../../archive/entry'

/** A file to have: where it lies in the archive, and its path within the release. */
export interface WantedFile extends NamedLocator {
  readonly path: string
}

/** Files that are fetched together, in the archive's order or nearly so. */
export interface Batch {
  readonly files: readonly WantedFile[]
  /** Whether a file of the batch is there already, byte for byte. */
  isGood(file: WantedFile): Promise<boolean>
  /** Take the checked content of a file; several may come at a time, in any order. */
  store(file: WantedFile, data: Uint8Array): Promise<void>
  /**
   * All files of the batch were there or stored, or have failed.
   *
   * @param failed How many could not be had.
   */
  end(failed: number): Promise<void>
}

/** Where fetched files go: a folder, shards, an archive. Nothing wrong is ever under a final name. */
export interface Sink {
  /** For messages. */
  readonly out: string
  /**
   * Keep others out, and see that there is room; before anything else.
   *
   * @throws UserError if another fetch works there, or the disk has no room.
   */
  open(): Promise<void>
  batches(): AsyncIterable<Batch>
  /** After the last batch. */
  finish(failed: number): Promise<void>
  /** In any case, also after a failure within `open`. */
  close(): Promise<void>
}

/** A text that goes with the files: the index, the class map, the recipe, the credits. */
export interface Companion {
  /** Within the release's folder. */
  readonly name: string
  /** From its start, the same each time. */
  text(): AsyncIterable<string>
}
