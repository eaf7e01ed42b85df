import * as zlib from 'node:zlib'
import { crc32 } from '../archive/crc32.node.ts'
import { inflateInfo } from '../archive/inflate-info.node.ts'
import { type PngHeader, readPngHeader } from '../images/png-header'
import { unfilterRow } from './unfilter-row'

/** The rows of a PNG that was unpacked; taken from top to bottom, once. */
export interface PngRows extends PngHeader {
  /** Bytes of a pixel, and those of them that are its colours, from the first on. */
  readonly pixelBytes: number
  readonly colorBytes: number
  /**
   * Unpacked bytes. Row y's pixels begin at `start(y)`; they are right once `unfilter` was called for
   * every row up to it.
   */
  readonly data: Uint8Array
  start(y: number): number
  /** @returns False if all bytes of the row are known to be 0: most rows of a mask are quick to pass. */
  unfilter(y: number): boolean
}

const CHANNELS: Readonly<Record<number, { all: number; colors: number }>> = {
  0: { all: 1, colors: 1 },
  2: { all: 3, colors: 3 },
  4: { all: 2, colors: 1 },
  6: { all: 4, colors: 3 },
}

/**
 * Unpack a PNG as the release has them: not interlaced, without a palette, 8 or 16 bits a sample. It
 * costs a fraction of a general decoder.
 *
 * @returns Null for any other PNG, and for one that is not sound in every respect: what is wrong with
 *   it is for the general decoder to say.
 * @throws ImageFault as `readPngHeader`.
 */
export function openPngRows(bytes: Uint8Array, path: string): PngRows | null {
  const header = readPngHeader(bytes, path)
  const { width, height, bitDepth, colorType } = header
  const channels = CHANNELS[colorType]
  if (!channels || (bitDepth !== 8 && bitDepth !== 16)) return null
  const packed = packedRows(bytes)
  if (!packed) return null
  const sampleBytes = bitDepth / 8
  const pixelBytes = channels.all * sampleBytes
  const rowBytes = width * pixelBytes
  const data = inflate(packed, (rowBytes + 1) * height)
  if (!data) return null
  const filterAt = (y: number) => y * (rowBytes + 1)
  for (let y = 0; y < height; y++) if ((data[filterAt(y)] as number) > 4) return null
  const zeros = new Uint8Array(rowBytes)
  const isZero = (at: number) => data.compare(zeros, 0, rowBytes, at, at + rowBytes) === 0
  return {
    ...header,
    pixelBytes,
    colorBytes: channels.colors * sampleBytes,
    data,
    start: y => filterAt(y) + 1,
    unfilter(y) {
      const at = filterAt(y)
      // Without a filter, or with that from the left, nothing stays nothing.
      if ((data[at] as number) <= 1 && isZero(at + 1)) return false
      unfilterRow(data, at, rowBytes, pixelBytes, y === 0)
      return true
    },
  }
}

const IDAT = 0x49444154
const IEND = 0x49454e44
const PLAIN_IHDR_BYTES = 13

/** The packed rows of a file whose chunks are all in order; null for any other. */
function packedRows(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Compression, filters and interlacing of the only kind that is read here.
  if (view.getUint32(8) !== PLAIN_IHDR_BYTES || view.getUint16(26) + view.getUint8(28) !== 0)
    return null
  const pieces: Uint8Array[] = []
  let isOver = false
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const type = view.getUint32(at + 4)
    const isFirst = at === 8
    if (isFirst || type === IDAT) {
      if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return null
      // Packed rows lie in chunks that follow each other.
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

/** Exactly `length` bytes, with nothing behind them; null if it is otherwise. */
function inflate(packed: Uint8Array, length: number): Buffer | null {
  try {
    // One byte more than there should be shows that there is more; further it does not go.
    const options = { chunkSize: Math.max(64, length + 1), maxOutputLength: length, info: true }
    const { buffer, engine } = inflateInfo(zlib.inflateSync(packed, options))
    return buffer.length === length && engine.bytesWritten === packed.length ? buffer : null
  } catch {
    // Damaged: the general decoder finds it too, and has the words for it.
    return null
  }
}
