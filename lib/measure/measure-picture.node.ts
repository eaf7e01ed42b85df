import { decodeMask, decodeSamples, openPng } from '../images/decode.node.ts'
import { ImageFault } from '../images/image-fault'
import { readPngHeader } from '../images/png-header'
import { ColorMeter } from './color-meter'
import { type MaskExtent, MaskMeter } from './mask-extent'
import { openPngRows } from './png-rows.node.ts'

export interface PictureSize {
  /** px, at most 65,535. */
  readonly width: number
  readonly height: number
}

export interface MeasuredImage extends PictureSize {
  /** Number of distinct stored colours, ignoring transparency: 1, 2, or 3 for more. */
  readonly colors: number
}

export type MeasuredMask = PictureSize & MaskExtent

/** Maximum of the manifest's columns. */
const MAX_SIDE = 65_535

/** Number of first bytes of a PNG file that contain its size. */
export const HEAD_BYTES = 33

/**
 * The size in the header of a PNG file; pixels are not read.
 *
 * @param bytes The file, or its first HEAD_BYTES.
 * @throws ImageFault `corrupt` or `too-large`.
 */
export function readSize(bytes: Uint8Array, path: string): PictureSize {
  const { width, height } = readPngHeader(bytes, path)
  if (Math.max(width, height) > MAX_SIDE)
    throw new ImageFault(
      'too-large',
      `${path}: ${width} × ${height} px; width and height can be at most ${MAX_SIDE} px`,
    )
  return { width, height }
}

/** @throws ImageFault if the file cannot be decoded. */
export async function measureImage(bytes: Uint8Array, path: string): Promise<MeasuredImage> {
  const size = readSize(bytes, path)
  const meter = new ColorMeter()
  const rows = openPngRows(bytes, path)
  if (rows) {
    for (let y = 0; y < rows.height && !meter.isDone; y++) {
      rows.unfilter(y)
      meter.row(rows.width, rows.data, rows.start(y), rows.pixelBytes, rows.colorBytes)
    }
    return { ...size, colors: meter.colors }
  }
  const { data, channels, colors } = await decodeSamples(openPng(bytes, path))
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const pixelBytes = channels * data.BYTES_PER_ELEMENT
  for (let at = 0; at < raw.length && !meter.isDone; at += size.width * pixelBytes)
    meter.row(size.width, raw, at, pixelBytes, colors * data.BYTES_PER_ELEMENT)
  return { ...size, colors: meter.colors }
}

/** @throws ImageFault if the file cannot be decoded. */
export async function measureMask(bytes: Uint8Array, path: string): Promise<MeasuredMask> {
  const size = readSize(bytes, path)
  const { width, height } = size
  const meter = new MaskMeter(width, height)
  const rows = openPngRows(bytes, path)
  if (rows)
    for (let y = 0; y < height; y++) {
      if (rows.unfilter(y)) meter.row(y, rows.data, rows.start(y), rows.pixelBytes, rows.colorBytes)
      else meter.emptyRow()
    }
  else {
    const inside = await decodeMask(openPng(bytes, path))
    for (let y = 0; y < height; y++) meter.row(y, inside, y * width, 1, 1)
  }
  return { ...size, ...meter.end() }
}
