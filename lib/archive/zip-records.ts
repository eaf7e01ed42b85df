import { IN_ZIP64_16, IN_ZIP64_32, SIGNATURE } from './fields'
import { LOCAL_BYTES, nameBytes } from './local-header'

/** A file of a ZIP that is written; stored, because PNG files are compressed already. */
export interface StoredFile {
  /** Path with "/" between its steps. */
  readonly name: string
  /** Below 4 GiB. */
  readonly bytes: number
  /** Unsigned. */
  readonly crc32: number
}

const CENTRAL_BYTES = 46
const END_BYTES = 22
const ZIP64_END_BYTES = 56
const ZIP64_LOCATOR_BYTES = 20
/** Bytes of extra field 1 with only an offset in it. */
const ZIP64_OFFSET_BYTES = 12

/** Versions of the format, times ten: folders and stored data, Zip64; 3 in the upper byte is Unix. */
const PLAIN = 20
const ZIP64 = 45
const UNIX = 3 << 8

/** Names are UTF-8. */
const UTF8 = 0x0800

/** The first day that a ZIP can store; always the same, so that equal files make equal archives. */
const FIRST_DAY = 0x0021

/** Unix mode of a regular file that its owner may write and everybody may read. */
const MODE = 0o100644 * 2 ** 16

/**
 * The local header of a stored file; the data follows it, without a data descriptor.
 *
 * @throws RangeError for a file of 4 GiB or more.
 */
export function localRecord(file: StoredFile): Uint8Array<ArrayBuffer> {
  const name = nameBytes(file.name)
  const { bytes, put } = record(LOCAL_BYTES + name.length)
  put(4, SIGNATURE.local)
  put(2, PLAIN)
  putCommon(put, file)
  put(2, name.length)
  put(2, 0)
  bytes.set(name, LOCAL_BYTES)
  return bytes
}

/**
 * A stored file's entry in the directory.
 *
 * @param offset Offset of the file's local record in the archive.
 * @throws as `localRecord`.
 */
export function centralRecord(file: StoredFile, offset: number): Uint8Array<ArrayBuffer> {
  const name = nameBytes(file.name)
  const isFar = offset >= IN_ZIP64_32
  const { bytes, put } = record(CENTRAL_BYTES + name.length + (isFar ? ZIP64_OFFSET_BYTES : 0))
  const version = isFar ? ZIP64 : PLAIN
  put(4, SIGNATURE.central)
  put(2, UNIX | version)
  put(2, version)
  putCommon(put, file)
  put(2, name.length)
  put(2, isFar ? ZIP64_OFFSET_BYTES : 0)
  // No comment, first part, binary.
  for (let i = 0; i < 3; i++) put(2, 0)
  put(4, MODE)
  put(4, Math.min(offset, IN_ZIP64_32))
  bytes.set(name, CENTRAL_BYTES)
  if (!isFar) return bytes
  put.skip(name.length)
  put(2, 1)
  put(2, 8)
  put(8, offset)
  return bytes
}

/** The end of an archive in one part: the end record, after the Zip64 records if numbers need them. */
export function endRecords(
  entries: number,
  directoryBytes: number,
  directoryOffset: number,
): Uint8Array<ArrayBuffer> {
  const isLarge =
    entries >= IN_ZIP64_16 || directoryBytes >= IN_ZIP64_32 || directoryOffset >= IN_ZIP64_32
  const large = isLarge ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES : 0
  const { bytes, put } = record(large + END_BYTES)
  if (isLarge) {
    put(4, SIGNATURE.zip64End)
    put(8, ZIP64_END_BYTES - 12)
    put(2, UNIX | ZIP64)
    put(2, ZIP64)
    put(4, 0)
    put(4, 0)
    for (const value of [entries, entries, directoryBytes, directoryOffset]) put(8, value)
    put(4, SIGNATURE.zip64Locator)
    put(4, 0)
    put(8, directoryOffset + directoryBytes)
    put(4, 1)
  }
  put(4, SIGNATURE.end)
  put(2, 0)
  put(2, 0)
  for (let i = 0; i < 2; i++) put(2, Math.min(entries, IN_ZIP64_16))
  put(4, Math.min(directoryBytes, IN_ZIP64_32))
  put(4, Math.min(directoryOffset, IN_ZIP64_32))
  put(2, 0)
  return bytes
}

/** The fields that both records of a file share, from the flags to the sizes. */
function putCommon(put: Put, { name, bytes, crc32 }: StoredFile): void {
  if (bytes >= IN_ZIP64_32) throw new RangeError(`${name}: ${bytes} bytes are too many for it`)
  put(2, UTF8)
  // Stored, at midnight.
  put(2, 0)
  put(2, 0)
  put(2, FIRST_DAY)
  put(4, crc32)
  put(4, bytes)
  put(4, bytes)
}

interface Put {
  /** Writes the next number, little-endian. */
  (width: 2 | 4 | 8, value: number): void
  skip(bytes: number): void
}

function record(length: number): { bytes: Uint8Array<ArrayBuffer>; put: Put } {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  let at = 0
  const next = (width: 2 | 4 | 8, value: number) => {
    if (width === 2) view.setUint16(at, value, true)
    else if (width === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += width
  }
  const skip = (count: number) => {
    at += count
  }
  return { bytes, put: Object.assign(next, { skip }) }
}
