import * as zlib from 'node:zlib'
import { crc32 } from '../archive/crc32.node.ts'
import { inflateInfo } from '../archive/inflate-info.node.ts'
import { CHANNELS, rowBytes as storedBytes } from '../png/passes'
import { type PngHeader, parsePngHeader } from '../png/png-header'
import type { PngRow } from '../png/samples'
import { unfilterRow } from '../png/unfilter-row'

/** The rows of an unpacked PNG file. Read them once, from top to bottom, because `unfilter` changes the data. */
export interface PngRows extends PngHeader {
  /**
   * Undo the filter of row y.
   *
   * @returns False if all bytes of the row are known to be 0. Callers can skip such rows, as most rows of a mask are.
   */
  unfilter(y: number): boolean
  /** Get the pixels of row y. Call `unfilter` for all rows up to and including y first. */
  row(y: number): PngRow
}

/** Maximum number of bytes that are unpacked in one piece. A picture of the release has about a megabyte. */
const MAX_UNPACKED = 32 * 1024 * 1024

/**
 * Unpack a PNG file of the kind that the release has: not interlaced, no palette, 8 or 16 bits per sample, at most
 * MAX_UNPACKED bytes. This takes a fraction of the time of decoding as a stream.
 *
 * @returns Null for other kinds of files and for damaged files. The caller then decodes the file as a stream, which
 *   reports the error.
 * @throws PngFault as `parsePngHeader`.
 */
export function openPngRows(bytes: Uint8Array): PngRows | null {
  const header = parsePngHeader(bytes)
  const { width, height, bitDepth, colorType, interlaced } = header
  const channels = CHANNELS[colorType]
  if (!channels || colorType === 3 || bitDepth < 8 || interlaced) return null
  const sampleBytes = bitDepth === 16 ? 2 : 1
  const pixelBytes = channels.all * sampleBytes
  const rowBytes = storedBytes(header, width)
  const unpacked = (rowBytes + 1) * height
  if (unpacked > MAX_UNPACKED) return null
  const packed = packedRows(bytes)
  if (!packed) return null
  const data = inflate(packed, unpacked)
  if (!data) return null
  const filterAt = (y: number) => y * (rowBytes + 1)
  for (let y = 0; y < height; y++) if ((data[filterAt(y)] as number) > 4) return null
  const zeros = new Uint8Array(rowBytes)
  const isZero = (at: number) => data.compare(zeros, 0, rowBytes, at, at + rowBytes) === 0
  const kind = { data, pixelBytes, colors: channels.colors, sampleBytes, alpha: null } as const
  return {
    ...header,
    row: y => ({ ...kind, y, x0: 0, dx: 1, count: width, at: filterAt(y) + 1 }),
    unfilter(y) {
      const at = filterAt(y)
      // A row of zeros with filter None or Sub decodes to zeros.
      if ((data[at] as number) <= 1 && isZero(at + 1)) return false
      unfilterRow(data, at, rowBytes, pixelBytes, y === 0)
      return true
    },
  }
}

const IDAT = 0x49444154
const IEND = 0x49454e44

/** The compressed rows of a file (content of all IDAT chunks); null if a chunk is damaged or misplaced. */
function packedRows(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces: Uint8Array[] = []
  let isOver = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const type = view.getUint32(at + 4)
    const isFirst = at === 8
    if (isFirst || type === IDAT) {
      if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return null
      // All IDAT chunks must follow each other.
      if (type === IDAT && isOver) return null
      if (type === IDAT) pieces.push(bytes.subarray(at + 8, end - 4))
    } else if (type === IEND) {
      const [only] = pieces
      return pieces.length > 1 ? Buffer.concat(pieces) : (only ?? null)
    } else if (pieces.length > 0) isOver = true
    at = end
  }
  return null
}

/** Inflate to exactly `length` bytes. Null if the data is longer, shorter or damaged, or has bytes after the end. */
function inflate(packed: Uint8Array, length: number): Buffer | null {
  try {
    // A buffer one byte larger than expected is enough to detect too many bytes.
    const options = { chunkSize: Math.max(64, length + 1), maxOutputLength: length, info: true }
    const { buffer, engine } = inflateInfo(zlib.inflateSync(packed, options))
    return buffer.length === length && engine.bytesWritten === packed.length ? buffer : null
  } catch {
    // Damaged data: decoding as a stream reports the error.
    return null
  }
}
