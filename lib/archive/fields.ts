/** Little-endian numbers in bytes; offsets are the caller's to check. */

export const u16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8)

export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0

/** Exact below 2^53; above it is rounded, and larger than anything that exists. */
export const u64 = (bytes: Uint8Array, at: number): number =>
  u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32

/** Flag bits that mean encryption: of the data, strongly, of the headers. */
export const ENCRYPTED = 0x0001 | 0x0040 | 0x2000

/** Values that say "see the Zip64 record". */
export const IN_ZIP64_16 = 0xffff
export const IN_ZIP64_32 = 0xffffffff

export const SIGNATURE = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
} as const

/**
 * The Zip64 numbers of an entry (extra field 1), in the order in which they are stored.
 *
 * @param bytes Holds the extra fields in [start, end).
 * @param count How many 8-byte numbers are wanted.
 * @param withPart Whether a 4-byte part number follows them.
 * @returns The numbers, the part last, or null if the field is missing or too short.
 */
export function zip64Numbers(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  withPart = false,
): number[] | null {
  for (let at = start; at + 4 <= end; ) {
    const size = u16(bytes, at + 2)
    const from = at + 4
    if (u16(bytes, at) === 1) {
      if (from + size > end || size < count * 8 + (withPart ? 4 : 0)) return null
      const numbers = Array.from({ length: count }, (_, i) => u64(bytes, from + i * 8))
      return withPart ? [...numbers, u32(bytes, from + count * 8)] : numbers
    }
    at = from + size
  }
  return null
}
