import { deflateSync } from 'node:zlib'
import { crc32 } from '../../lib/archive/crc32.node.ts'

export interface PngSpec {
  readonly width: number
  readonly height: number
  /** Default 8. */
  readonly bitDepth?: number
  /** 0 grey (default), 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colorType?: number
  /** Packed rows without their filter bytes. */
  readonly data: Uint8Array
  readonly palette?: readonly (readonly [number, number, number])[]
  /** Chunks before the pixels. */
  readonly extra?: readonly (readonly [type: string, data: Uint8Array])[]
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A PNG file as plain as can be: every row unfiltered. */
export function makePng(spec: PngSpec): Buffer {
  const { width, height, bitDepth = 8, colorType = 0, data, palette, extra = [] } = spec
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bitDepth, colorType, 0, 0, 0], 8)
  const rowBytes = data.length / height
  const rows = Buffer.alloc(data.length + height)
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...extra.map(([type, content]) => chunk(type, content)),
    ...(palette ? [chunk('PLTE', Buffer.from(palette.flat()))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(content))
  return Buffer.concat([length, content, crc])
}

/** A grey picture from a function of its pixels. */
export function greyPng(
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number = () => 100,
): Buffer {
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) data[i] = valueAt(i % width, Math.floor(i / width))
  return makePng({ width, height, data })
}
