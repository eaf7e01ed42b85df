/** What reading has cost so far; sources of one archive add to the same counters. */
export interface TransferCounters {
  /** Requests sent (HTTP) or calls to read (files), refused and repeated ones included. */
  requests: number
  /** Bytes received. */
  bytes: number
  /** Requests that were sent again after a fault. */
  retries: number
}

export const newCounters = (): TransferCounters => ({ requests: 0, bytes: 0, retries: 0 })

/** One part of an archive: bytes that stay the same, wherever they are kept. */
export interface ByteSource {
  /** Path or URL without its query, for messages. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Whether bytes travel, so that damaged ones are worth fetching once more. */
  readonly isRemote: boolean
  /**
   * Exactly `length` bytes from `offset` on.
   *
   * @throws UserError naming the source if they cannot be had; RangeError if they lie outside of it.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** @throws RangeError unless the range lies within the source: a caller's bug, for sizes are checked before. */
export function checkRange({ name, size }: ByteSource, offset: number, length: number): void {
  if (!(Number.isSafeInteger(offset) && offset >= 0 && length >= 0 && offset + length <= size))
    throw new RangeError(`${name}: no ${length} bytes at ${offset} in ${size}`)
}
