import { deflateSync } from 'node:zlib'
import { crc32 } from '../../lib/archive/crc32.node.ts'

/** A picture as it is to be stored: `samples[y][x]` has the samples of a pixel, or its index. */
export interface Drawing {
  readonly bitDepth: number
  readonly colorType: number
  readonly samples: readonly (readonly (readonly number[])[])[]
  readonly interlaced?: boolean
  readonly palette?: readonly (readonly number[])[]
  readonly transparency?: Uint8Array
  /** Filter of each row in turn, 0 to 4. */
  readonly filters?: readonly number[]
  /** Bytes of an IDAT chunk. */
  readonly chunkBytes?: number
  readonly extra?: readonly (readonly [type: string, data: Uint8Array])[]
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** PNG file of a drawing, written as the standard says and by nothing that reads one. */
export function encodePng(drawing: Drawing): Buffer {
  const { bitDepth, colorType, samples, interlaced = false, palette, transparency } = drawing
  const { chunkBytes = 1 << 30, extra = [] } = drawing
  const header = Buffer.alloc(13)
  header.writeUInt32BE(samples[0]?.length ?? 0, 0)
  header.writeUInt32BE(samples.length, 4)
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8)
  const packed = deflateSync(rowsOf(drawing))
  const pieces: Buffer[] = []
  for (let at = 0; at < packed.length; at += chunkBytes)
    pieces.push(chunk('IDAT', packed.subarray(at, at + chunkBytes)))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...extra.map(([type, data]) => chunk(type, data)),
    ...(palette ? [chunk('PLTE', Buffer.from(palette.flat()))] : []),
    ...(transparency ? [chunk('tRNS', transparency)] : []),
    ...pieces,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export function chunk(type: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(content), 4)
  return Buffer.concat([ends.subarray(0, 4), content, ends.subarray(4)])
}

/** Which pass of Adam7 has a pixel: the pattern of the standard, repeated over the picture. */
const PATTERN = [
  [1, 6, 4, 6, 2, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [3, 6, 4, 6, 3, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
]

/** All rows with their filter bytes. */
function rowsOf({ bitDepth, samples, interlaced = false, filters = [0] }: Drawing): Buffer {
  const passes = interlaced
    ? [1, 2, 3, 4, 5, 6, 7].map(pass =>
        samples
          .map((row, y) => row.filter((_, x) => PATTERN[y % 8]?.[x % 8] === pass))
          .filter(row => row.length > 0),
      )
    : [samples]
  const step = Math.max(1, ((samples[0]?.[0]?.length ?? 1) * bitDepth) / 8)
  const rows: Uint8Array[] = []
  for (const pass of passes) {
    let above: Uint8Array | null = null
    for (const row of pass) {
      const bytes = bytesOf(row.flat(), bitDepth)
      const filter = filters[rows.length % filters.length] ?? 0
      rows.push(Buffer.concat([Buffer.of(filter), filtered(bytes, above, filter, step)]))
      above = bytes
    }
  }
  return Buffer.concat(rows)
}

function bytesOf(samples: readonly number[], bitDepth: number): Uint8Array {
  const bits = samples.map(sample => sample.toString(2).padStart(bitDepth, '0')).join('')
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2),
  )
}

/** A row as section 9 of the standard filters it. */
function filtered(row: Uint8Array, above: Uint8Array | null, filter: number, step: number) {
  return row.map((value, i) => {
    const a = row[i - step] ?? 0
    const b = above?.[i] ?? 0
    const c = (i >= step ? above?.[i - step] : 0) ?? 0
    const p = a + b - c
    const nearest = [a, b, c].toSorted((m, n) => Math.abs(p - m) - Math.abs(p - n))[0] ?? 0
    return value - ([0, a, b, Math.floor((a + b) / 2), nearest][filter] ?? 0)
  })
}
