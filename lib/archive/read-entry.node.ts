import { formatCount } from '../format'
import type { Archive } from './archive'
import type { NamedLocator } from './entry'
import { EntryError, refused } from './entry-error'
import type { Parts } from './parts'
import { readPacked } from './read-packed'
import { checkLocator, unpack } from './unpack.node.ts'

export interface ReadOptions {
  /** Maximum bytes of the data; larger entries are refused before they are read. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

/**
 * Reads one entry: with one read, or two if it spans two parts or has an unusually long header. The local
 * header must have the entry's name and numbers; the data must have its size and CRC-32. Bytes that arrive
 * damaged over a network are fetched a second time.
 *
 * @param entry An entry of the directory, or only its locator and name.
 * @throws EntryError that names part and entry if it cannot be read; as `ByteSource.read`.
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

/** @throws EntryError if the entry has more than `maxBytes`. */
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
