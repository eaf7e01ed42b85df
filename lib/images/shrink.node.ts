import { decodeRows, type RowVisitor } from '../png/decode-rows'
import { nodeCodec } from '../png/png-codec.node.ts'
import { PngFault } from '../png/png-fault'
import type { PngHeader } from '../png/png-header'
import { asImageFault } from './png-header'
import { CoverageShrinker, RgbShrinker } from './shrink-rows'

/** A picture that is too large to be decoded as a whole. */
export interface LargePng extends PngHeader {
  readonly path: string
  /** The file from its start; may be called several times. */
  pieces(): AsyncIterable<Uint8Array>
}

/**
 * Decode a large picture at a smaller size, as RGB, in memory that depends on the smaller size and one row.
 *
 * @param width px, at most that of the picture; height likewise.
 * @returns width × height × 3 bytes, RGB. Transparent pixels are black; 16-bit samples keep their upper eight bits.
 * @throws ImageFault `corrupt`.
 */
export async function shrinkRgb(png: LargePng, width: number, height: number): Promise<Uint8Array> {
  const shrinker = new RgbShrinker(png, { width, height })
  await visit(png, shrinker)
  return shrinker.end()
}

/**
 * How much of each pixel of a smaller picture a large mask covers.
 *
 * @returns width × height bytes, 0 to 255.
 * @throws ImageFault `corrupt`.
 */
export async function shrinkMask(
  png: LargePng,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const shrinker = new CoverageShrinker(png, { width, height })
  await visit(png, shrinker)
  return shrinker.end()
}

/**
 * Every pixel of a large mask, at a byte each.
 *
 * @returns width × height bytes, not 0 where the mask is set.
 * @throws ImageFault `corrupt`.
 */
export async function wholeMask(png: LargePng): Promise<Uint8Array> {
  const mask = new Uint8Array(png.width * png.height)
  await visit(png, {
    row({ y, x0, dx, count, data, at, pixelBytes, colors, sampleBytes }) {
      const colorBytes = colors * sampleBytes
      let to = y * png.width + x0
      for (let i = 0, from = at; i < count; i++, from += pixelBytes, to += dx)
        for (let c = 0; c < colorBytes; c++) if (data[from + c] !== 0) mask[to] = 1
      return true
    },
  })
  return mask
}

async function visit({ pieces, path }: LargePng, visitor: RowVisitor): Promise<void> {
  try {
    await decodeRows(pieces(), nodeCodec, visitor)
  } catch (error) {
    throw error instanceof PngFault ? asImageFault(error, path) : error
  }
}
