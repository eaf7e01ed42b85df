import { corrupt, PngFault } from './png-fault'

/** The first chunk of a PNG file (IHDR). */
export interface PngHeader {
  /** px, 1 or more. */
  readonly width: number
  readonly height: number
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colorType: number
  /** Whether the rows come in seven passes (Adam7). */
  readonly interlaced: boolean
}

export const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const IHDR = 0x49484452
const IHDR_BYTES = 13

/** Bytes from the start of a file to the end of its first chunk. */
export const HEADER_BYTES = 33

/** Maximum pixels of a picture. Rows are decoded one at a time, so this bounds time, not memory. */
export const MAX_PIXELS = 256e6

/** Maximum width and height: the manifest's columns hold no more. */
export const MAX_SIDE = 65_535

/** Bit depths that the PNG standard allows for each colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/**
 * Read and check the header, before anything is decoded. Its checksum is not read.
 *
 * @param bytes The file, or its first HEADER_BYTES.
 * @throws PngFault `corrupt` if the bytes are no PNG file, or a kind that the standard does not have; `too-large`
 *   above MAX_PIXELS or MAX_SIDE.
 */
export function parsePngHeader(bytes: Uint8Array): PngHeader {
  if (bytes.length === 0) throw corrupt('the file is empty')
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw corrupt('not a PNG file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (
    bytes.length < HEADER_BYTES ||
    view.getUint32(8) !== IHDR_BYTES ||
    view.getUint32(12) !== IHDR
  )
    throw corrupt('cut off, or damaged at its start')
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [bitDepth, colorType] = [view.getUint8(24), view.getUint8(25)]
  const [compression, filter, interlace] = [view.getUint8(26), view.getUint8(27), view.getUint8(28)]
  if (width === 0 || height === 0) throw corrupt(`a picture of ${width} × ${height} px`)
  if (Math.max(width, height) > MAX_SIDE)
    throw new PngFault(
      'too-large',
      `${width} × ${height} px; width and height can be at most ${MAX_SIDE} px`,
    )
  if (width * height > MAX_PIXELS)
    throw new PngFault(
      'too-large',
      `${width} × ${height} px; at most ${MAX_PIXELS / 1e6} million pixels are decoded`,
    )
  if (!DEPTHS[colorType]?.includes(bitDepth) || compression + filter !== 0 || interlace > 1)
    throw corrupt('damaged (its header is of no kind that PNG has)')
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 }
}
