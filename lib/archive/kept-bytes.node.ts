import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { KnownFile } from './validators'

/** The file on a server whose bytes are kept. */
export interface KeptOf {
  readonly name: string
  readonly size: number
  readonly known: KnownFile
}

/** A stretch of the file, [from, to), which lies in a piece on disk. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly piece: Piece
}

/** Bytes of the file from `offset` on, and where their head begins on disk. */
interface Piece {
  readonly offset: number
  readonly length: number
  readonly at: number
  /** Whether an earlier run has kept it. */
  readonly isOld: boolean
}

/**
 * A piece on disk: mark, length, offset in the file, SHA-256 of these three and of the bytes, the bytes. The first
 * piece of a file is a JSON description of what is kept.
 */
const MARK = 0x53_4d_4b_31
const HASH_AT = 16
const HEAD_BYTES = 48
const DESCRIPTION = -1
const MAX_DESCRIPTION = 1 << 16

/**
 * Pieces of one file on a server, in a file that only grows. A process may end at any moment: a piece that is not
 * complete is cut off when the file is opened, and each piece is compared with its hash when it is used.
 */
export class KeptBytes {
  /** In order, without overlaps. */
  private stretches: Stretch[] = []
  private writing: Promise<void> = Promise.resolve()
  private isFailed = false

  private constructor(
    private readonly file: FileHandle,
    private end: number,
    private readonly log: (line: string) => void,
  ) {}

  /** Open the file, or make it. What it has of another state of the file on the server is removed. */
  static async open(path: string, of: KeptOf, log: (line: string) => void): Promise<KeptBytes> {
    const file = await open(path, 'a+').then(async made => {
      await made.close()
      return open(path, 'r+')
    })
    const kept = new KeptBytes(file, 0, log)
    const { size } = await file.stat()
    if (!(await kept.load(of))) {
      if (size > 0) log(`${of.name}: changed since an earlier run, so it is read from its start`)
      await file.truncate(0)
      kept.stretches = []
      kept.end = 0
    }
    if (kept.end === 0) kept.describe(of)
    else await file.truncate(kept.end)
    await kept.written()
    return kept
  }

  /** Number of bytes that are kept. */
  get bytes(): number {
    return this.stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  }

  /**
   * Copy what is kept from `offset` on.
   *
   * @returns Number of bytes from the start of `bytes` that are filled, 0 if the first one is not kept; and how many
   *   of them an earlier run has kept.
   */
  async take(offset: number, bytes: Uint8Array): Promise<{ done: number; old: number }> {
    let done = 0
    let old = 0
    while (done < bytes.length) {
      const stretch = this.stretches[this.indexAt(offset + done)]
      if (!stretch || stretch.from > offset + done) break
      const { piece, to } = stretch
      const content = await this.read(piece)
      if (!content) {
        this.stretches = this.stretches.filter(each => each.piece !== piece)
        this.log('A part of what an earlier run kept is damaged; it is read again')
        break
      }
      const from = offset + done - piece.offset
      const piecePart = content.subarray(
        from,
        Math.min(to - piece.offset, from + bytes.length - done),
      )
      bytes.set(piecePart, done)
      done += piecePart.length
      if (piece.isOld) old += piecePart.length
    }
    return { done, old }
  }

  /** Number of bytes from `offset` on, at most `length`, up to the next ones that are kept. */
  gapAt(offset: number, length: number): number {
    const next = this.stretches[this.indexAt(offset)]
    return next ? Math.min(length, Math.max(0, next.from - offset)) : length
  }

  /** Keep bytes. They must not change until `written`. A disk that is full ends the keeping, not the reading. */
  add(offset: number, bytes: Uint8Array): void {
    this.append(offset, bytes)
  }

  /** Resolves when everything so far is on disk. */
  written(): Promise<void> {
    return this.writing
  }

  async close(): Promise<void> {
    await this.writing
    await this.file.close()
  }

  private describe({ name, size, known }: KeptOf): void {
    const text = JSON.stringify({
      name,
      size,
      tags: [...known.tags],
      lastModified: known.lastModified,
    })
    this.append(DESCRIPTION, Buffer.from(text))
  }

  private append(offset: number, bytes: Uint8Array): void {
    this.writing = this.writing.then(async () => {
      if (this.isFailed) return
      const at = this.end
      const head = Buffer.alloc(HEAD_BYTES)
      head.writeUInt32LE(MARK, 0)
      head.writeUInt32LE(bytes.length, 4)
      head.writeDoubleLE(offset, 8)
      head.set(hashOf(head, bytes), HASH_AT)
      try {
        await this.file.writev([head, bytes], at)
      } catch (error) {
        this.isFailed = true
        this.log(
          `What is read cannot be kept for another run (${(error as NodeJS.ErrnoException).code}); reading continues`,
        )
        return
      }
      this.end = at + HEAD_BYTES + bytes.length
      if (offset !== DESCRIPTION) this.insert({ offset, length: bytes.length, at, isOld: false })
    })
  }

  /** Index of the first stretch that ends after a position. */
  private indexAt(position: number): number {
    let [low, high] = [0, this.stretches.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.stretches[middle]?.to ?? 0) > position) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Add what a piece has beyond the others. */
  private insert(piece: Piece): void {
    const end = piece.offset + piece.length
    for (let from = piece.offset; from < end; ) {
      const index = this.indexAt(from)
      const next = this.stretches[index]
      const to = Math.min(end, next?.from ?? end)
      if (to > from) this.stretches.splice(index, 0, { from, to, piece })
      from = Math.max(to, next && next.from < end ? next.to : end)
    }
  }

  /** The bytes of a piece; null if they are not those that were kept. */
  private async read({ at, length }: Piece): Promise<Buffer | null> {
    const all = Buffer.allocUnsafe(HEAD_BYTES + length)
    const { bytesRead } = await this.file.read(all, 0, all.length, at)
    const bytes = all.subarray(HEAD_BYTES)
    const isWhole = bytesRead === all.length
    return isWhole && hashOf(all, bytes).equals(all.subarray(HASH_AT, HEAD_BYTES)) ? bytes : null
  }

  /** Find the pieces on disk. @returns Whether they are of this state of the file on the server. */
  private async load(of: KeptOf): Promise<boolean> {
    const { size: diskBytes } = await this.file.stat()
    for (let at = 0; at + HEAD_BYTES <= diskBytes; ) {
      const head = Buffer.alloc(HEAD_BYTES)
      await this.file.read(head, 0, HEAD_BYTES, at)
      const length = head.readUInt32LE(4)
      const offset = head.readDoubleLE(8)
      const next = at + HEAD_BYTES + length
      if (head.readUInt32LE(0) !== MARK || next > diskBytes) break
      const piece = { offset, length, at, isOld: true }
      if (at === 0) {
        if (offset !== DESCRIPTION || length > MAX_DESCRIPTION) return false
        const text = await this.read(piece)
        if (!text || !isSame(text.toString('utf8'), of)) return false
      } else if (Number.isSafeInteger(offset) && offset >= 0 && offset + length <= of.size)
        this.insert(piece)
      this.end = next
      at = next
    }
    return this.end > 0
  }
}

/** Whether a description is that of the file in its present state. */
function isSame(text: string, { name, size, known }: KeptOf): boolean {
  const before = JSON.parse(text) as {
    name: string
    size: number
    tags: string[]
    lastModified: string | null
  }
  const hasTags = before.tags.length > 0 && known.tags.size > 0
  return (
    before.name === name &&
    before.size === size &&
    (hasTags
      ? before.tags.some(tag => known.tags.has(tag))
      : before.lastModified !== null && before.lastModified === known.lastModified)
  )
}

const hashOf = (head: Uint8Array, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(head.subarray(0, HASH_AT)).update(bytes).digest()
