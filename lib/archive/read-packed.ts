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
 * Room for the extra fields of a local header, whose length only the header itself says. Info-ZIP
 * writes 28 bytes, 48 with Zip64.
 */
const EXTRA_GUESS = 64

/**
 * The first bytes of an entry's packed data, or all of it: in one read where header and data lie in
 * one part and the extra fields are as short as is usual, else in two.
 *
 * @param wanted Bytes of packed data, at most `compressedBytes`.
 * @param first Bytes from the local header on that are there already, in place of the first read.
 * @throws EntryError if the local header is not the one of the entry.
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
  // Extra fields may be 64 KiB long; data beyond the archive's end is refused like any other lie.
  await extend(Math.min(start + wanted, parts.size - position))
  checkLocalNumbers(bytes, entry, parts)
  return { data: bytes.subarray(start, start + wanted), dataPosition: position + start }
}

/** Bytes of a local header with its name. */
export const namedBytes = ({ name }: NamedLocator): number => LOCAL_BYTES + nameBytes(name).length

/** Bytes from an entry's local header to its data, if extra fields are as short as is usual. */
export const headerGuess = (entry: NamedLocator): number => namedBytes(entry) + EXTRA_GUESS

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
