import { DEFLATED, type NamedLocator, STORED } from './entry'
import { damaged, refused } from './entry-error'
import { ENTRY_PROBLEMS } from './entry-problems'
import { ENCRYPTED, IN_ZIP64_32, SIGNATURE, u16, u32, u64, zip64At } from './fields'
import type { Parts } from './parts'

/** Bytes of a local header before its name. */
export const LOCAL_BYTES = 30

const DATA_DESCRIPTOR = 0x0008

/** Bytes from the start of a local header to its data. */
export const localLength = (bytes: Uint8Array): number =>
  LOCAL_BYTES + u16(bytes, 26) + u16(bytes, 28)

const encoder = new TextEncoder()

export const nameBytes = (name: string): Uint8Array => encoder.encode(name)

/** "/" and "\\", which some programs of Windows write in its place. */
const SLASHES = [0x2f, 0x5c]

/**
 * Whether a local header has a name, as `parseEntry` reads it: backslashes are slashes.
 *
 * @param bytes From the start of the header.
 */
export function sameName(bytes: Uint8Array, name: string): boolean {
  const wanted = nameBytes(name)
  const isSame = (byte: number, i: number) =>
    byte === bytes[LOCAL_BYTES + i] ||
    (byte === SLASHES[0] && bytes[LOCAL_BYTES + i] === SLASHES[1])
  return u16(bytes, 26) === wanted.length && wanted.every(isSame)
}

/**
 * Checks that bytes are the local header of an entry.
 *
 * @param bytes From the start of the header, at least `LOCAL_BYTES` plus the entry's name.
 * @throws EntryError that names the difference.
 */
export function checkLocalName(bytes: Uint8Array, entry: NamedLocator, parts: Parts): void {
  if (u32(bytes, 0) !== SIGNATURE.local)
    throw damaged(
      parts,
      entry,
      `is not at offset ${entry.offset}, where the directory lists it; this part or an earlier one is truncated, renamed or from another archive`,
    )
  if (!sameName(bytes, entry.name)) {
    const [wanted, length] = [nameBytes(entry.name), u16(bytes, 26)]
    const found = bytes.subarray(LOCAL_BYTES, LOCAL_BYTES + Math.min(length, wanted.length + 64))
    throw damaged(
      parts,
      entry,
      `is not at offset ${entry.offset}, where the directory lists it; ${JSON.stringify(new TextDecoder().decode(found))} is there: the part is from another archive, or the names were changed`,
    )
  }
}

/**
 * Checks that a local header has the numbers of the directory.
 *
 * @param bytes The complete header with name and extra fields (`localLength`).
 * @throws EntryError that names the difference.
 */
export function checkLocalNumbers(bytes: Uint8Array, entry: NamedLocator, parts: Parts): void {
  const flags = u16(bytes, 6)
  const method = u16(bytes, 8)
  if (flags & ENCRYPTED) throw refused(parts, entry, ENTRY_PROBLEMS.encrypted)
  if (method !== entry.method)
    throw damaged(
      parts,
      entry,
      `has method ${method} in the header, ${entry.method} in the directory`,
    )
  if (method !== STORED && method !== DEFLATED) throw refused(parts, entry, ENTRY_PROBLEMS.method)
  // With a data descriptor, sizes and CRC follow the data; the directory has them too.
  if (flags & DATA_DESCRIPTOR) return
  let [crc, compressed, size] = [14, 18, 22].map(at => u32(bytes, at)) as [number, number, number]
  if (compressed === IN_ZIP64_32 || size === IN_ZIP64_32) {
    // A local header with a Zip64 field has both sizes in it, even if only one of them needs it.
    const start = LOCAL_BYTES + u16(bytes, 26)
    const at = zip64At(bytes, start, localLength(bytes), 16)
    if (at < 0) throw damaged(parts, entry, 'has no sizes in the header')
    size = u64(bytes, at)
    compressed = u64(bytes, at + 8)
  }
  for (const [what, here, there] of [
    ['CRC', crc, entry.crc32],
    ['packed size', compressed, entry.compressedBytes],
    ['size', size, entry.bytes],
  ])
    if (here !== there)
      throw damaged(parts, entry, `has ${what} ${here} in the header, ${there} in the directory`)
}
