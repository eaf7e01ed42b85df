import sharp, { type Sharp } from 'sharp'
import { ImageFault } from './image-fault'
import { pixelChunks } from './png-chunks'
import { MAX_PIXELS, type PngHeader, readPngHeader } from './png-header'

// A file named .png may hold SVG or any other format: libvips is to read PNG and nothing else.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPng'] })
// Pictures are decoded side by side, each on one thread; the results are cached by us.
sharp.concurrency(1)
sharp.cache(false)

/** A PNG file that was looked at, ready to be decoded. */
export interface OpenPng extends PngHeader {
  readonly path: string
  /** Starts a decoding of it. */
  decode(): Sharp
}

/**
 * Look at a file's bytes before any pixel is decoded.
 *
 * @throws ImageFault `corrupt` or `too-large`; decoding it may still find it corrupt.
 */
export function openPng(bytes: Uint8Array, path: string): OpenPng {
  const header = readPngHeader(bytes, path)
  const pixels = pixelChunks(bytes, path)
  return {
    ...header,
    path,
    decode: () => sharp(pixels, { limitInputPixels: MAX_PIXELS, failOn: 'warning' }),
  }
}

/**
 * Run a decoding; what libvips says of a damaged file becomes an ImageFault.
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
 * The picture at a size, without transparency: transparent parts are black, 16-bit samples keep
 * their upper eight bits.
 *
 * @returns width × height × 3 bytes, RGB.
 */
export function decodeRgb(png: OpenPng, width: number, height: number): Promise<Buffer> {
  const whole = png.decode().flatten({ background: '#000' })
  const isWhole = width === png.width && height === png.height
  const picture = isWhole ? whole : whole.resize(width, height, { fit: 'fill' })
  return decoded(png.path, () => picture.toColourspace('srgb').raw().toBuffer())
}

/** Samples as they are stored, with palettes looked up. */
export interface Samples {
  /** width × height × channels, row by row; 16-bit samples as numbers of 16 bits. */
  readonly data: Uint8Array | Uint16Array
  readonly channels: number
  /** Channels of a pixel that are colours, from the first on; one behind them is transparency. */
  readonly colors: 1 | 3
}

/** Every sample of the picture, of whatever kind it is. */
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
