import { ByteReader } from './byte-reader'
import { Chunks, type Crc32 } from './chunks'
import { type Pass, passesOf, pixelBits, rowBytes } from './passes'
import { corrupt, PngFault } from './png-fault'
import { HEADER_BYTES, type PngHeader, parsePngHeader } from './png-header'
import { type Expand, expander, type PngRow } from './samples'
import { unfilterRow } from './unfilter-row'

/** What decoding needs of its surroundings: Node has it in `png-codec.node.ts`, browsers as DecompressionStream. */
export interface PngCodec {
  /**
   * Unpack zlib data as it comes; unpacks no further than the result is read.
   *
   * @throws PngFault if the data is damaged, or anything follows it; the source's errors as they are.
   */
  inflate(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  readonly crc32: Crc32
}

/** Gets the rows of a picture. */
export interface RowVisitor {
  /** Called once, before the rows; may throw to refuse the picture. */
  start?(header: PngHeader): void
  /**
   * Called for each row, top to bottom; of an interlaced picture for each row of each pass.
   *
   * @returns False if the pixels of further rows are not needed; the file is checked to its end nevertheless.
   */
  row(row: PngRow): boolean | undefined
  /** Whether rows have `alpha`. */
  readonly withAlpha?: boolean
}

/**
 * Decode a PNG file of any kind row by row. Memory depends on the width of the picture only: two rows, and the pieces
 * that the source brings. Limits are checked before anything is unpacked, and no more is unpacked than the header
 * announces.
 *
 * @param source The file from its start, in pieces of any size.
 * @returns The header.
 * @throws PngFault `corrupt` for a file that is damaged anywhere up to its end, `too-large` above MAX_PIXELS; the
 *   source's and the visitor's errors as they are.
 */
export async function decodeRows(
  source: AsyncIterable<Uint8Array>,
  { inflate, crc32 }: PngCodec,
  visitor: RowVisitor,
): Promise<PngHeader> {
  const bytes = new ByteReader(source)
  try {
    const first = await firstBytes(bytes)
    const header = parsePngHeader(first)
    if (crc32(first.subarray(12, 29)) !== new DataView(first.buffer).getUint32(29))
      throw corrupt('damaged (the checksum of a chunk IHDR is wrong)')
    visitor.start?.(header)
    const chunks = new Chunks(bytes, crc32)
    const colors = await chunks.beforePixels()
    const rows = new RowFiller(
      header,
      expander(header, colors, visitor.withAlpha ?? false),
      visitor,
    )
    for await (const piece of inflate(chunks.pixels())) rows.take(piece)
    rows.end()
    await chunks.afterPixels()
    await bytes.drain()
    return header
  } finally {
    await bytes.close()
  }
}

/** The bytes of the header; fewer of a file that is shorter, so that the message is about what it is. */
async function firstBytes(bytes: ByteReader): Promise<Uint8Array> {
  const first = new Uint8Array(HEADER_BYTES)
  let at = 0
  try {
    while (at < HEADER_BYTES) {
      const piece = await bytes.some(HEADER_BYTES - at)
      first.set(piece, at)
      at += piece.length
    }
  } catch (error) {
    if (!(error instanceof PngFault)) throw error
  }
  return first.slice(0, at)
}

/** Cuts unpacked bytes into rows, undoes their filters and hands them on. */
class RowFiller {
  private readonly passes: readonly Pass[]
  private nth = 0
  private y = 0
  /** The row above and the current one, each with its filter byte. */
  private readonly lines: Uint8Array
  /** Bytes of a row of this pass, with its filter byte; and how many of the current one are there. */
  private stride = 0
  private filled = 0
  private isWanted = true
  /** Distance to the same sample of the pixel on the left. */
  private readonly step: number

  constructor(
    private readonly header: PngHeader,
    private readonly expand: Expand,
    private readonly visitor: RowVisitor,
  ) {
    this.passes = passesOf(header)
    this.lines = new Uint8Array(2 * (rowBytes(header, header.width) + 1))
    this.step = Math.max(1, pixelBits(header) / 8)
    this.startPass()
  }

  take(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      if (this.nth === this.passes.length) throw corrupt('damaged (it has too many pixels)')
      const length = Math.min(this.stride - this.filled, piece.length - at)
      this.lines.set(piece.subarray(at, at + length), this.stride + this.filled)
      at += length
      this.filled += length
      if (this.filled === this.stride) this.finishRow()
    }
  }

  end(): void {
    if (this.nth < this.passes.length) throw corrupt('damaged (it has too few pixels)')
  }

  private startPass(): void {
    const pass = this.passes[this.nth]
    this.stride = pass ? rowBytes(this.header, pass.width) + 1 : 0
    this.y = 0
  }

  private finishRow(): void {
    const { lines, stride } = this
    const pass = this.passes[this.nth] as Pass
    if ((lines[stride] as number) > 4) throw corrupt('damaged (a row with an unknown filter)')
    if (this.isWanted) {
      unfilterRow(lines, stride, stride - 1, this.step, this.y === 0)
      const pixels = this.expand(lines, stride + 1, pass.width)
      const y = pass.y0 + this.y * pass.dy
      const row = { y, x0: pass.x0, dx: pass.dx, count: pass.width, ...pixels }
      this.isWanted = this.visitor.row(row) !== false
      lines.copyWithin(0, stride, 2 * stride)
    }
    this.filled = 0
    this.y++
    if (this.y < pass.height) return
    this.nth++
    this.startPass()
  }
}
