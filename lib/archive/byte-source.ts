import { UserError } from '../errors'

/** The cost of reading so far. All parts of an archive add to the same counters. */
export interface TransferCounters {
  /** HTTP requests, or reads of files. Refused and repeated requests count too. */
  requests: number
  /** Bytes received. */
  bytes: number
  /** Requests that were sent again after a fault. */
  retries: number
}

export const newCounters = (): TransferCounters => ({ requests: 0, bytes: 0, retries: 0 })

/** One part of an archive: a file or a URL whose bytes do not change. */
export interface ByteSource {
  /** Path or URL without its query, for messages. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Whether the bytes come over a network, so that fetching damaged bytes again may help. */
  readonly isRemote: boolean
  /**
   * Exactly `length` bytes from `offset` on.
   *
   * @throws UserError that names the source if the bytes cannot be read; RangeError if they lie outside it.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** @throws RangeError unless the range lies within the source. Callers check sizes before, so this is a bug. */
export function checkRange({ name, size }: ByteSource, offset: number, length: number): void {
  if (!(Number.isSafeInteger(offset) && offset >= 0 && length >= 0 && offset + length <= size))
    throw new RangeError(`${name}: no ${length} bytes at ${offset} in ${size}`)
}

/** There is no such file or URL. */
export class MissingSourceError extends UserError {
  override name = 'MissingSourceError'
}
