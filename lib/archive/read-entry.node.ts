import { formatCount } from '../format'
import type { Archive } from './archive'
import type { NamedLocator } from './entry'
import { EntryError, refused } from './entry-error'
import type { Parts } from './parts'
import { readPacked } from './read-packed'
import { checkLocator, unpack } from './unpack.node.ts'

export interface ReadOptions {
  /** Most bytes that the caller has room for; larger entries are refused before they are read. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

/**
 * All of one entry: one read where it lies in one part, two where it lies in two or its header is
 * unusually long. The local header must have the entry's name and numbers, the data its size and
 * CRC-32. Bytes that came wrong over a network are fetched once more.
 *
 * @param entry An entry of the directory, or its locator and name alone.
 * @throws EntryError naming part and entry if it cannot be read; what the parts throw.
 */
export async function readEntry(
  archive: Archive,
  entry: NamedLocator,
  { maxBytes, signal }: ReadOptions,
): Promise<Uint8Array> {
  const { parts } = archive
  checkLocator(entry, parts)
  checkSize(entry, parts, { maxBytes })
  const read = async () => {
    const { data } = await readPacked(parts, entry, entry.compressedBytes, signal)
    return unpack(data, entry, parts)
  }
  try {
    return await read()
  } catch (error) {
    if (!(parts.isRemote && error instanceof EntryError && error.mayBeDamage)) throw error
    archive.counters.retries++
    return read()
  }
}

/** @throws EntryError if the entry has more bytes than the caller has room for. */
export function checkSize(
  entry: NamedLocator,
  parts: Parts,
  { maxBytes }: Pick<ReadOptions, 'maxBytes'>,
): void {
  if (entry.bytes > maxBytes)
    throw refused(
      parts,
      entry,
      `has ${formatCount(entry.bytes)} bytes, more than the ${formatCount(maxBytes)} allowed here`,
    )
}
