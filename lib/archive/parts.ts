import type { ByteSource } from './byte-source'

/** A place in a split archive: a part, counted from 0, and a byte offset within it. */
export interface Place {
  readonly part: number
  readonly offset: number
}

/** The parts of one archive, in order; they read as one row of bytes, but places name a part. */
export class Parts {
  /** Where each part begins when all are laid end to end, and where the last one ends. */
  readonly starts: readonly number[]

  /** Bytes of all parts. */
  readonly size: number

  /** @param sources At least one. */
  constructor(readonly sources: readonly ByteSource[]) {
    const starts = [0]
    for (const { size } of sources) starts.push((starts.at(-1) ?? 0) + size)
    this.starts = starts
    this.size = starts.at(-1) ?? 0
  }

  get isRemote(): boolean {
    return this.sources.some(source => source.isRemote)
  }

  source(part: number): ByteSource {
    const source = this.sources[part]
    if (!source) throw new RangeError(`no part ${part} of ${this.sources.length}`)
    return source
  }

  /** Whether the part exists and the offset lies within it, or at its end. */
  has({ part, offset }: Place): boolean {
    const source = this.sources[part]
    return source !== undefined && offset >= 0 && offset <= source.size
  }

  /** Distance of a place from the archive's first byte. */
  position({ part, offset }: Place): number {
    return (this.starts[part] ?? Number.NaN) + offset
  }

  /** The place of a position; the end of the archive is the end of its last part. */
  place(position: number): Place {
    let part = 0
    while (part < this.sources.length - 1 && position >= (this.starts[part + 1] ?? 0)) part++
    return { part, offset: position - (this.starts[part] ?? 0) }
  }

  /**
   * Bytes from a place on, across parts where needed (one read for each part touched).
   *
   * @throws what `ByteSource.read` throws; RangeError if the archive ends before.
   */
  async read(from: Place, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const pieces: Promise<Uint8Array>[] = []
    let { part, offset } = from
    for (let left = length; left > 0 || pieces.length === 0; part++, offset = 0) {
      const source = this.source(part)
      const taken = Math.min(left, Math.max(0, source.size - offset))
      if (taken > 0 || left === 0) pieces.push(source.read(offset, taken, signal))
      left -= taken
    }
    const all = await Promise.all(pieces)
    const [only] = all
    if (all.length === 1 && only) return only
    const joined = new Uint8Array(length)
    let at = 0
    for (const piece of all) {
      joined.set(piece, at)
      at += piece.length
    }
    return joined
  }

  /** Closes every part, also those after one that fails to close. */
  async close(): Promise<void> {
    await Promise.all(this.sources.map(source => source.close()))
  }
}
