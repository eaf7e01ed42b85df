/** Little-endian numbers in bytes. The caller checks the offsets. */

export const u16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8)

export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0

/** Exact below 2^53; larger numbers are rounded, and no archive is that large. */
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
 * Where the Zip64 numbers of an entry begin (extra field 1). They follow each other, 8 bytes each; the number
 * of a part has 4.
 *
 * @param bytes Holds the extra fields in [start, end).
 * @param wanted Bytes that the field must at least have.
 * @returns Offset in `bytes`, or -1 if the field is missing or too short.
 */
export function zip64At(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  for (let at = start; at + 4 <= end; ) {
    const size = u16(bytes, at + 2)
    if (u16(bytes, at) === 1) return size >= wanted && at + 4 + size <= end ? at + 4 : -1
    at += 4 + size
  }
  return -1
}
