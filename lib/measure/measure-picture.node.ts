import { asImageFault, readPngHeader } from '../images/png-header'
import { decodeRows, type RowVisitor } from '../png/decode-rows'
import { nodeCodec } from '../png/png-codec.node.ts'
import { PngFault } from '../png/png-fault'
import { HEADER_BYTES, type PngHeader } from '../png/png-header'
import { ColorMeter } from './color-meter'
import { type MaskExtent, MaskMeter } from './mask-extent'
import { openPngRows } from './png-rows.node.ts'
import { ValueMeter } from './value-meter'

export interface PictureSize {
  /** In px, at most 65,535. */
  readonly width: number
  readonly height: number
}

export interface MeasuredImage extends PictureSize {
  /** Number of distinct stored colours, ignoring transparency: 1, 2, or 3 for three or more. */
  readonly colors: number
}

export interface MeasuredMask extends PictureSize, MaskExtent {
  /** Description of the values or colours of a mask that is not binary; null if the mask is binary. */
  readonly notBinary: string | null
}

/** The bytes of a file: in memory, or as a stream. */
export type PictureData = Uint8Array | AsyncIterable<Uint8Array>

/** Number of bytes at the start of a PNG file that contain the picture size. */
export const HEAD_BYTES = HEADER_BYTES

/**
 * Read the size from the header of a PNG file, without decoding pixels.
 *
 * @param bytes The file, or its first HEAD_BYTES.
 * @throws ImageFault `corrupt` or `too-large`.
 */
export function readSize(bytes: Uint8Array, path: string): PictureSize {
  const { width, height } = readPngHeader(bytes, path)
  return { width, height }
}

/** @throws ImageFault if the file cannot be decoded. */
export async function measureImage(data: PictureData, path: string): Promise<MeasuredImage> {
  const meter = new ColorMeter()
  const rows = openPlainRows(data, path)
  if (rows) {
    for (let y = 0; y < rows.height && !meter.isDone; y++) {
      rows.unfilter(y)
      meter.row(rows.row(y))
    }
    return { width: rows.width, height: rows.height, colors: meter.colors }
  }
  const { width, height } = await visitRows(data, path, {
    row(row) {
      meter.row(row)
      return !meter.isDone
    },
  })
  return { width, height, colors: meter.colors }
}

/** @throws ImageFault if the file cannot be decoded. */
export async function measureMask(data: PictureData, path: string): Promise<MeasuredMask> {
  const rows = openPlainRows(data, path)
  const values = new ValueMeter()
  if (rows) {
    const { width, height } = rows
    const meter = new MaskMeter(width, height)
    for (let y = 0; y < height; y++) {
      const row = rows.unfilter(y) ? rows.row(y) : null
      const set = row && meter.row(row)
      if (!row) meter.emptyRow()
      else if (set) values.row(row, set)
    }
    return measured({ width, height }, meter.end(), values)
  }
  let meter = new MaskMeter(0, 0)
  const size = await visitRows(data, path, {
    start({ width, height }) {
      meter = new MaskMeter(width, height)
    },
    row(row) {
      const set = meter.row(row)
      if (set) values.row(row, set)
      return true
    },
  })
  return measured(size, meter.end(), values)
}

const measured = (
  { width, height }: PictureSize,
  extent: MaskExtent,
  values: ValueMeter,
): MeasuredMask => ({
  width,
  height,
  ...extent,
  notBinary: values.end(extent.area < width * height),
})

/** Open a file with the fast decoder. Null for files that it does not support, such as streams and interlaced files. */
function openPlainRows(data: PictureData, path: string) {
  if (!(data instanceof Uint8Array)) return null
  readSize(data, path)
  return openPngRows(data)
}

/** Decode any PNG file as a stream, row by row. */
async function visitRows(data: PictureData, path: string, visitor: RowVisitor): Promise<PngHeader> {
  const source = data instanceof Uint8Array ? once(data) : data
  try {
    return await decodeRows(source, nodeCodec, visitor)
  } catch (error) {
    throw error instanceof PngFault ? asImageFault(error, path) : error
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
