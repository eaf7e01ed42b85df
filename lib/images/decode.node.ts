import sharp, { type Sharp } from 'sharp'
import type { PngHeader } from '../png/png-header'
import { ImageFault } from './image-fault'
import { MAX_WHOLE_PIXELS } from './picture-widths'
import { pixelChunks } from './png-chunks'
import { readPngHeader } from './png-header'

// A file named .png may have any other format, such as SVG: libvips must read PNG only.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPng'] })
// Several pictures are decoded at a time, each on one thread. The disk cache has the results, so sharp needs none.
sharp.concurrency(1)
sharp.cache(false)

/** A PNG file whose header was checked, ready to be decoded. */
export interface OpenPng extends PngHeader {
  readonly path: string
  /** Start to decode the file. */
  decode(): Sharp
}

/**
 * Check a file's header before any pixel is decoded.
 *
 * @throws ImageFault `corrupt` or `too-large`. Decoding may still find that the file is corrupt, and refuses a picture
 *   that `isLarge`.
 */
export function openPng(bytes: Uint8Array, path: string): OpenPng {
  const header = readPngHeader(bytes, path)
  const pixels = pixelChunks(bytes, path)
  return {
    ...header,
    path,
    decode: () => sharp(pixels, { limitInputPixels: MAX_WHOLE_PIXELS, failOn: 'warning' }),
  }
}

/**
 * Run a decoding. An error of libvips becomes an ImageFault.
 *
 * @param path For the message.
 */
async function decoded<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ImageFault) throw cause
    const [line = ''] = String((cause as Error).message).split('\n')
    throw new ImageFault('corrupt', `${path}: damaged (${line})`, { cause })
  }
}

/**
 * Decode a picture at a size, as RGB. Transparent pixels become black; 16-bit samples keep their upper eight
 * bits.
 *
 * @returns width × height × 3 bytes, RGB.
 */
export function decodeRgb(png: OpenPng, width: number, height: number): Promise<Buffer> {
  const whole = png.decode().flatten({ background: '#000' })
  const isWhole = width === png.width && height === png.height
  const picture = isWhole ? whole : whole.resize(width, height, { fit: 'fill' })
  return decoded(png.path, () => picture.toColourspace('srgb').raw().toBuffer())
}

/** The samples of a picture as they are stored; palettes are resolved. */
export interface Samples {
  /** width × height × channels, row by row; Uint16Array for 16-bit samples. */
  readonly data: Uint8Array | Uint16Array
  readonly channels: number
  /** Number of colour channels of a pixel; a further channel is transparency. */
  readonly colors: 1 | 3
}

/** Decode every sample of a picture, whatever its colour type is. */
export async function decodeSamples(png: OpenPng): Promise<Samples> {
  const deep = png.bitDepth === 16
  const grey = png.colorType === 0 || png.colorType === 4
  const { data, info } = await decoded(png.path, () =>
    png
      .decode()
      .toColourspace(grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb')
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  )
  const { channels } = info
  return {
    data: deep ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data,
    channels,
    colors: channels > 2 ? 3 : 1,
  }
}

/** @returns width × height bytes, not 0 where any colour of the mask's pixel is not 0. */
export async function decodeMask(png: OpenPng): Promise<Uint8Array> {
  const { data, channels, colors } = await decodeSamples(png)
  if (channels === 1 && data instanceof Uint8Array) return data
  const inside = new Uint8Array(png.width * png.height)
  for (let i = 0, at = 0; i < inside.length; i++, at += channels)
    for (let c = 0; c < colors; c++) if (data[at + c] !== 0) inside[i] = 1
  return inside
}
