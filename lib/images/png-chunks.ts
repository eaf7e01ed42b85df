import { ImageFault } from './image-fault'

/** Chunks that the pixels depend on. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/**
 * A PNG file without the chunks for display and text (colour profiles, gamma, orientation, compressed text).
 * Pixels are then decoded as they are stored, and compressed text cannot fill the memory.
 *
 * @param path For the message.
 * @throws ImageFault `corrupt` if a chunk ends past the file, or the end is missing.
 */
export function pixelChunks(bytes: Uint8Array, path: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces = [bytes.subarray(0, 8)]
  let at = 8
  for (let type = ''; type !== 'IEND'; ) {
    if (at + 12 > bytes.length) throw new ImageFault('corrupt', `${path}: cut off`)
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) throw new ImageFault('corrupt', `${path}: cut off`)
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (KEPT.has(type)) pieces.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(pieces)
}
