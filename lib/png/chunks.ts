import type { ByteReader } from './byte-reader'
import { corrupt } from './png-fault'

/** CRC-32, unsigned; `before` is the CRC of the bytes before these. */
export type Crc32 = (bytes: Uint8Array, before?: number) => number

/** The head of a chunk; its data and its CRC follow. */
interface Head {
  readonly type: string
  readonly length: number
  /** CRC of the type. */
  readonly crc: number
}

/** Chunks that pixels depend on, but those with the pixels themselves: their greatest length in bytes. */
const KEPT: Readonly<Record<string, number>> = { PLTE: 3 * 256, tRNS: 256 }

/** The PNG standard's limit of a chunk's length. */
const MAX_LENGTH = 2 ** 31 - 1

/**
 * The chunks of a PNG file after its header, read as a stream. Chunks that no pixel depends on (profiles, text, …)
 * are passed over: they are neither kept nor unpacked, however large they claim to be.
 */
export class Chunks {
  private head: Head | null = null

  constructor(
    private readonly bytes: ByteReader,
    private readonly crc32: Crc32,
  ) {}

  /**
   * Read up to the pixels.
   *
   * @returns The palette and the transparency, as far as the file has them.
   * @throws PngFault if there are no pixels, or a chunk is damaged.
   */
  async beforePixels(): Promise<{ palette: Uint8Array | null; transparency: Uint8Array | null }> {
    const found = new Map<string, Uint8Array>()
    for (;;) {
      const head = await this.next()
      if (head.type === 'IDAT') break
      if (head.type === 'IEND') throw corrupt('damaged (it has no pixels)')
      const most = KEPT[head.type]
      if (most === undefined) {
        await this.skip(head)
        continue
      }
      if (head.length > most || found.has(head.type))
        throw corrupt(`damaged (a chunk ${head.type} that PNG does not allow)`)
      const data = await this.bytes.exactly(head.length)
      await this.end(head, this.crc32(data, head.crc))
      found.set(head.type, data)
    }
    return { palette: found.get('PLTE') ?? null, transparency: found.get('tRNS') ?? null }
  }

  /** The packed pixels, after `beforePixels`: the data of all IDAT chunks, which follow each other. */
  async *pixels(): AsyncGenerator<Uint8Array> {
    for (let head = this.head; head?.type === 'IDAT'; head = await this.next()) {
      let { crc } = head
      for (let left = head.length; left > 0; ) {
        const piece = await this.bytes.some(left)
        left -= piece.length
        crc = this.crc32(piece, crc)
        // A copy, because whoever unpacks may hold it for longer than the source keeps it.
        yield piece.slice()
      }
      await this.end(head, crc)
    }
  }

  /**
   * Read up to the end of the file, after `pixels`.
   *
   * @throws PngFault if there are more pixels, or the end is missing.
   */
  async afterPixels(): Promise<void> {
    for (let head = this.head; ; head = await this.next()) {
      if (!head) throw corrupt('cut off')
      if (head.type === 'IDAT') throw corrupt('damaged (its pixels are in two places)')
      await this.skip(head)
      if (head.type === 'IEND') return
    }
  }

  private async next(): Promise<Head> {
    const bytes = await this.bytes.exactly(8)
    const length = new DataView(bytes.buffer).getUint32(0)
    const type = String.fromCharCode(...bytes.subarray(4))
    if (length > MAX_LENGTH) throw corrupt('damaged (a chunk that is too long)')
    this.head = { type, length, crc: this.crc32(bytes.subarray(4)) }
    return this.head
  }

  /** @throws PngFault for a chunk that the standard lets no reader pass over: its type begins with a capital. */
  private async skip({ type, length }: Head): Promise<void> {
    if (/^[A-Z]/.test(type) && type !== 'PLTE' && type !== 'IEND')
      throw corrupt(`damaged (a chunk ${JSON.stringify(type)} that PNG does not allow here)`)
    for (let left = length + 4; left > 0; ) left -= (await this.bytes.some(left)).length
  }

  private async end({ type }: Head, crc: number): Promise<void> {
    const stored = await this.bytes.exactly(4)
    if (new DataView(stored.buffer).getUint32(0) !== crc)
      throw corrupt(`damaged (the checksum of a chunk ${type} is wrong)`)
  }
}
