import type { ByteSource } from './byte-source'

/** A place in a split archive: a part, counted from 0, and a byte offset within it. */
export interface Place {
  readonly part: number
  readonly offset: number
}

/** The parts of one archive, in order. They can be read like one file; a `Place` names a part and an offset. */
export class Parts {
  /** Position at which each part begins if all parts are joined, and at which the last part ends. */
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

  /** Whether the part exists and the offset is at most its size. */
  has({ part, offset }: Place): boolean {
    const source = this.sources[part]
    return source !== undefined && offset >= 0 && offset <= source.size
  }

  /** Position of a place: bytes from the start of the archive. */
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
   * Reads `length` bytes from a place on, with one read for each part.
   *
   * @throws as `ByteSource.read`; RangeError if the archive ends before.
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

  /** Closes every part, even if one of them fails to close. */
  async close(): Promise<void> {
    await Promise.all(this.sources.map(source => source.close()))
  }
}
