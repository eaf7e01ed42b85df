import type { NamedLocator } from './entry'
import {
  checkLocalName,
  checkLocalNumbers,
  LOCAL_BYTES,
  localLength,
  nameBytes,
} from './local-header'
import type { Parts } from './parts'

/**
 * Bytes for the extra fields of a local header, whose length is only known once the header is read. Info-ZIP
 * writes 28 bytes, 48 with Zip64.
 */
const EXTRA_GUESS = 64

/**
 * Reads packed data of an entry from its start: with one read if header and data lie in one part and the
 * extra fields have the usual length, else with two.
 *
 * @param wanted Bytes of packed data, at most `compressedBytes`.
 * @param first Bytes from the local header on, if the caller has read them already.
 * @throws EntryError if the local header does not belong to the entry.
 */
export async function readPacked(
  parts: Parts,
  entry: NamedLocator,
  wanted: number,
  signal?: AbortSignal,
  first?: Uint8Array,
): Promise<{ data: Uint8Array; dataPosition: number }> {
  const position = parts.position(entry)
  const named = namedBytes(entry)
  const partEnd = parts.starts[entry.part + 1] ?? position
  const guessed = Math.min(headerGuess(entry) + wanted, parts.size - position)
  let bytes = first ?? (await parts.read(entry, Math.min(guessed, partEnd - position), signal))
  const extend = async (length: number) => {
    if (bytes.length >= length) return
    const from = parts.place(position + bytes.length)
    bytes = join(bytes, await parts.read(from, length - bytes.length, signal))
  }
  if (bytes.length < named) await extend(guessed)
  checkLocalName(bytes, entry, parts)
  const start = localLength(bytes)
  // Extra fields may have 64 KiB. A header that claims data beyond the end of the archive is refused later.
  await extend(Math.min(start + wanted, parts.size - position))
  checkLocalNumbers(bytes, entry, parts)
  return { data: bytes.subarray(start, start + wanted), dataPosition: position + start }
}

/** Bytes of an entry's local header, including the name. */
export const namedBytes = ({ name }: NamedLocator): number => LOCAL_BYTES + nameBytes(name).length

/** Bytes from an entry's local header to its data, if the extra fields have the usual length. */
export const headerGuess = (entry: NamedLocator): number => namedBytes(entry) + EXTRA_GUESS

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
