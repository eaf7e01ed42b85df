import * as zlib from 'node:zlib'
import { crc32 } from '../archive/crc32.node.ts'
import { inflateInfo } from '../archive/inflate-info.node.ts'
import { CHANNELS, rowBytes as storedBytes } from '../png/passes'
import { type PngHeader, parsePngHeader } from '../png/png-header'
import type { PngRow } from '../png/samples'
import { unfilterRow } from '../png/unfilter-row'

/** The rows of an unpacked PNG file; can be read once, from top to bottom. */
export interface PngRows extends PngHeader {
  /** @returns False if all bytes of the row are known to be 0, which makes most rows of a mask quick. */
  unfilter(y: number): boolean
  /** The pixels of row y, once `unfilter` was called for all rows up to y. */
  row(y: number): PngRow
}

/** Maximum bytes that are unpacked in one piece; a picture of the release has a megabyte. */
const MAX_UNPACKED = 32 * 1024 * 1024

/**
 * Unpack a PNG file of the kind that the release has: not interlaced, without a palette, 8 or 16 bits per sample, of
 * ordinary size. Takes a fraction of the time of decoding it as a stream.
 *
 * @returns Null for other kinds, and for files with any error: decoding them as a stream reports it.
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
      // Without a filter, or with the filter Sub, zeros stay zeros.
      if ((data[at] as number) <= 1 && isZero(at + 1)) return false
      unfilterRow(data, at, rowBytes, pixelBytes, y === 0)
      return true
    },
  }
}

const IDAT = 0x49444154
const IEND = 0x49454e44

/** The packed rows of a file whose chunks are all valid; null for other files. */
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

/** Inflate to exactly `length` bytes; null if there are more or fewer, or bytes after the end. */
function inflate(packed: Uint8Array, length: number): Buffer | null {
  try {
    // One byte more than expected is enough to see that there are too many.
    const options = { chunkSize: Math.max(64, length + 1), maxOutputLength: length, info: true }
    const { buffer, engine } = inflateInfo(zlib.inflateSync(packed, options))
    return buffer.length === length && engine.bytesWritten === packed.length ? buffer : null
  } catch {
    // Damaged data: decoding it as a stream reports it.
    return null
  }
}
