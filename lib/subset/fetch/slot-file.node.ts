import { constants } from 'node:fs'
import { type FileHandle, open, rename, stat } from 'node:fs/promises'
import { crc32 } from '../../archive/crc32.node.ts'
import { UserError } from '../../errors'
import { formatCount } from '../../format'
import { retryLocked } from '../../retry-locked.node.ts'

/** The place of a file in an archive that is being written. */
export interface Slot {
  readonly at: number
  /** Header that precedes the data. */
  readonly head: Uint8Array
  /** Size of the data. */
  readonly bytes: number
  readonly crc32: number
  /** Number of zeros after the data. */
  readonly padding: number
}

export const slotBytes = ({ head, bytes, padding }: Omit<Slot, 'at' | 'crc32'>): number =>
  head.length + bytes + padding

/** Bytes per comparison with an existing file. */
const BLOCK_BYTES = 1 << 20

/**
 * An archive whose layout is known in advance, so that slots can be filled in any order. It has a temporary name until
 * it is complete. Correct slots of an interrupted fetch are kept.
 */
export class SlotFile {
  /** Renames a file with a wrong slot back to the temporary name, until it is complete again. */
  private demoted: Promise<void> | null = null

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly kind: 'final' | 'partial' | 'new',
  ) {}

  /**
   * @param expectedBytes Returns the size of the complete archive. Called if a file with its name exists.
   * @throws UserError if that file has another size. It is then a different file.
   */
  static async open(path: string, expectedBytes: () => Promise<number>): Promise<SlotFile> {
    const { O_RDWR, O_CREAT } = constants
    const there = await stat(path).catch(() => null)
    if (there) {
      const expected = await expectedBytes()
      if (!there.isFile() || there.size !== expected)
        throw new UserError(
          `${path}: exists with other content (${formatCount(there.size)} bytes, ${formatCount(expected)} expected); remove it, or choose another --out`,
        )
      return new SlotFile(path, await open(path, O_RDWR), 'final')
    }
    const partial = partialOf(path)
    const begun = await stat(partial).catch(() => null)
    const handle = await open(partial, O_RDWR | O_CREAT)
    return new SlotFile(path, handle, begun ? 'partial' : 'new')
  }

  /** Whether a slot has the correct content. If not, the archive is renamed to its temporary name. */
  async isGood(slot: Slot): Promise<boolean> {
    if (this.kind === 'new') return false
    const isGood = holds(slot, await this.read(slot.at, slotBytes(slot)))
    if (!isGood) await this.demote()
    return isGood
  }

  async fill({ at, head, bytes, padding }: Slot, data: Uint8Array): Promise<void> {
    const whole = new Uint8Array(slotBytes({ head, bytes, padding }))
    whole.set(head)
    whole.set(data, head.length)
    await this.write(at, whole)
  }

  /** Write bytes at a position, unless they are there already. */
  async ensure(at: number, bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
      const piece = bytes.subarray(from, from + BLOCK_BYTES)
      const found = this.kind === 'new' ? null : await this.read(at + from, piece.length)
      if (!found || !equal(found, piece)) await this.write(at + from, piece)
    }
  }

  /** Cut the archive to its size, flush it to disk, and give it its final name. */
  async finish(bytes: number): Promise<void> {
    if (this.kind === 'final' && this.demoted === null) return
    await this.handle.truncate(bytes)
    await this.handle.datasync()
    await retryLocked(() => rename(partialOf(this.path), this.path))
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** Read bytes; null if the file is too short. */
  private async read(at: number, length: number): Promise<Uint8Array | null> {
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, at + done)
      if (bytesRead === 0) return null
      done += bytesRead
    }
    return bytes
  }

  private async demote(): Promise<void> {
    if (this.kind !== 'final') return
    this.demoted ??= retryLocked(() => rename(this.path, partialOf(this.path)))
    await this.demoted
  }

  private async write(at: number, bytes: Uint8Array): Promise<void> {
    await this.demote()
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, at + done)
      done += bytesWritten
    }
  }
}

function holds({ head, bytes, crc32: crc, padding }: Slot, found: Uint8Array | null): boolean {
  if (!found) return false
  const end = head.length + bytes
  return (
    equal(found.subarray(0, head.length), head) &&
    crc32(found.subarray(head.length, end)) === crc &&
    equal(found.subarray(end), new Uint8Array(padding))
  )
}

/** Temporary name of an incomplete archive. */
export const partialOf = (path: string): string => `${path}.incomplete`

/** Bytes that an archive uses on disk, complete or incomplete; 0 if it does not exist. */
export async function allocatedBytes(path: string): Promise<number> {
  const found =
    (await stat(path).catch(() => null)) ?? (await stat(partialOf(path)).catch(() => null))
  return (found?.blocks ?? 0) * 512
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
