import { ImageFault } from './image-fault'

export interface PngHeader {
  readonly width: number
  readonly height: number
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colorType: number
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const IHDR = 0x49484452
const HEADER_BYTES = 33

/** Maximum pixels of a picture; larger pictures are not decoded. */
export const MAX_PIXELS = 25e6

/**
 * Read the first chunk of a PNG file: enough to refuse a picture before it is decoded.
 *
 * @param path For the message.
 * @throws ImageFault `corrupt` if the bytes are not a PNG file, `too-large` above MAX_PIXELS.
 */
export function readPngHeader(bytes: Uint8Array, path: string): PngHeader {
  if (bytes.length === 0) throw new ImageFault('corrupt', `${path}: the file is empty`)
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte))
    throw new ImageFault('corrupt', `${path}: not a PNG file`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getUint32(12) !== IHDR)
    throw new ImageFault('corrupt', `${path}: cut off, or damaged at its start`)
  const header = {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: view.getUint8(24),
    colorType: view.getUint8(25),
  }
  const { width, height } = header
  if (width === 0 || height === 0)
    throw new ImageFault('corrupt', `${path}: a picture of ${width} × ${height} px`)
  if (width * height > MAX_PIXELS)
    throw new ImageFault(
      'too-large',
      `${path}: ${width} × ${height} px; at most ${MAX_PIXELS / 1e6} million pixels are decoded`,
    )
  return header
}
