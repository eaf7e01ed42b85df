import { corrupt } from './png-fault'

const NOTHING = new Uint8Array(0)

/** Takes a file, which comes in pieces of any size, in the sizes that a parser asks for. */
export class ByteReader {
  private readonly pieces: AsyncIterator<Uint8Array>
  private rest: Uint8Array = NOTHING

  constructor(source: AsyncIterable<Uint8Array>) {
    this.pieces = source[Symbol.asyncIterator]()
  }

  /**
   * The next bytes: one at least, `most` at most. They may be overwritten once more are taken.
   *
   * @throws PngFault at the end of the file.
   */
  async some(most: number): Promise<Uint8Array> {
    while (this.rest.length === 0) {
      const { value, done } = await this.pieces.next()
      if (done) throw corrupt('cut off')
      this.rest = value
    }
    const taken = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(taken.length)
    return taken
  }

  /**
   * The next `length` bytes, as a copy.
   *
   * @throws PngFault if there are fewer.
   */
  async exactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      const piece = await this.some(length - at)
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  }

  /** Read the source to its end, where it may find that it is damaged. */
  async drain(): Promise<void> {
    while (!(await this.pieces.next()).done);
  }

  /** End the source; nothing more is read. */
  async close(): Promise<void> {
    await this.pieces.return?.()
  }
}
