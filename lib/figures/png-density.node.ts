import { crc32 } from '../archive/crc32.node.ts'

/** Signature and IHDR chunk of every PNG. */
const HEAD_BYTES = 33

const METRES_PER_INCH = 0.0254

/**
 * A PNG that says how large it is when it is printed, so that a journal's system or a word processor takes its
 * resolution from the file (PNG specification, chunk pHYs).
 *
 * @param png Without a pHYs chunk.
 * @param dpi Pixels per inch.
 */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array {
  const perMetre = Math.round(dpi / METRES_PER_INCH)
  const chunk = Buffer.alloc(21)
  chunk.writeUInt32BE(9, 0)
  chunk.write('pHYs', 4, 'latin1')
  chunk.writeUInt32BE(perMetre, 8)
  chunk.writeUInt32BE(perMetre, 12)
  // The unit: metres.
  chunk.writeUInt8(1, 16)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  return Buffer.concat([png.subarray(0, HEAD_BYTES), chunk, png.subarray(HEAD_BYTES)])
}
