import { type FileHandle, open } from 'node:fs/promises'
import { type ByteSource, checkRange } from '../archive/byte-source'
import { Parts } from '../archive/parts'
import { UserError } from '../errors'
import { mergeRanges, overlap, type Range, within, without } from './ranges'

/** One part of the copy that is examined. */
export interface PartFile {
  /** Path with the name that the part must have. */
  readonly home: string
  /** File that holds the content of the part, perhaps under another name; null if none does. */
  readonly path: string | null
  /** Bytes of that file; without one, of the file that has its name. */
  readonly bytes: number
}

/** Bytes that are read in place of those of the copy, before they are written. */
export interface Patch extends Range {
  /** @param from Offset in the patch. */
  read(from: number, length: number): Promise<Uint8Array>
}

/**
 * An archive as it should be, filled with the bytes of a copy: every part has the size that it must have,
 * bytes that the copy lacks are zeros, and patches lie over the rest.
 */
export class Copy {
  readonly parts: Parts
  /** Bytes that the copy lacks, whether or not a patch has them. */
  readonly absent: readonly Range[]
  private patches: readonly Patch[] = []

  private constructor(
    readonly files: readonly PartFile[],
    sizes: readonly number[],
    private readonly handles: readonly (FileHandle | null)[],
    private readonly onRead: (bytes: number) => void,
  ) {
    this.parts = new Parts(files.map((file, i) => this.source(file, sizes[i] ?? file.bytes, i)))
    const { starts } = this.parts
    this.absent = files.flatMap(({ path, bytes }, i) => {
      const [start, end] = [starts[i] ?? 0, starts[i + 1] ?? 0]
      const there = path === null ? 0 : bytes
      return there < end - start ? [{ start: start + there, end }] : []
    })
  }

  /**
   * @param sizes Bytes that each part must have.
   * @param onRead Called with the bytes of each read.
   * @throws UserError if a file cannot be opened.
   */
  static async open(
    files: readonly PartFile[],
    sizes: readonly number[],
    onRead: (bytes: number) => void = () => {},
  ): Promise<Copy> {
    const results = await Promise.allSettled(
      files.map(({ path }) => (path === null ? null : open(path, 'r'))),
    )
    const handles = results.map(each => (each.status === 'fulfilled' ? each.value : null))
    const failed = results.findIndex(each => each.status === 'rejected')
    const copy = new Copy(files, sizes, handles, onRead)
    if (failed < 0) return copy
    await copy.close()
    throw unreadable(files[failed]?.path ?? '', (results[failed] as PromiseRejectedResult).reason)
  }

  /** Bytes that the copy lacks within a range, whether or not a patch has them. */
  absentIn(range: Range): Range[] {
    return within(this.absent, range)
  }

  /** Bytes that neither the copy nor a patch has, within a range. */
  lacking(range: Range): Range[] {
    const absent = this.absentIn(range)
    if (absent.length === 0) return []
    return without(absent, mergeRanges(this.patches.filter(patch => overlap(patch, range))))
  }

  /** The patches that lie over the copy. */
  get covered(): readonly Patch[] {
    return this.patches
  }

  /** Puts patches in place of the earlier ones. */
  cover(patches: readonly Patch[]): void {
    this.patches = patches.toSorted((a, b) => a.start - b.start)
  }

  /** Bytes of a range, which must lie in the archive. */
  read({ start, end }: Range): Promise<Uint8Array> {
    return this.parts.read(this.parts.place(start), end - start)
  }

  /** Bytes of a range that lies in one part, without patches; zeros where the copy has none. */
  async readPlain({ start, end }: Range): Promise<Uint8Array> {
    const { part, offset } = this.parts.place(start)
    return this.plain(part, offset, end - start)
  }

  async close(): Promise<void> {
    await Promise.all(this.handles.map(handle => handle?.close()))
  }

  private async plain(part: number, offset: number, length: number): Promise<Buffer> {
    const { home, path, bytes } = this.files[part] ?? { home: '', path: null, bytes: 0 }
    const there = path === null ? 0 : Math.max(0, Math.min(length, bytes - offset))
    const read = there === length ? Buffer.allocUnsafeSlow(length) : Buffer.alloc(length)
    const handle = this.handles[part]
    if (handle) await fill(handle, read.subarray(0, there), offset, path ?? home)
    return read
  }

  private source({ home }: PartFile, size: number, part: number): ByteSource {
    const source: ByteSource = {
      name: home,
      size,
      isRemote: false,
      read: async (offset, length, signal) => {
        checkRange(source, offset, length)
        signal?.throwIfAborted()
        const read = await this.plain(part, offset, length)
        this.onRead(length)
        await this.patch(read, (this.parts.starts[part] ?? 0) + offset)
        return read
      },
      close: async () => {},
    }
    return source
  }

  /** Writes the patches over bytes that begin at a position. */
  private async patch(bytes: Uint8Array, position: number): Promise<void> {
    const range = { start: position, end: position + bytes.length }
    for (const patch of this.patches) {
      if (!overlap(patch, range)) continue
      const start = Math.max(patch.start, range.start)
      const length = Math.min(patch.end, range.end) - start
      bytes.set(await patch.read(start - patch.start, length), start - position)
    }
  }
}

/** Reads a file completely into bytes, which are fewer than 2 GiB. */
export async function fill(
  handle: FileHandle,
  bytes: Uint8Array,
  offset: number,
  path: string,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle
      .read(bytes, done, bytes.length - done, offset + done)
      .catch(cause => {
        throw unreadable(path, cause)
      })
    if (bytesRead === 0)
      throw new UserError(
        `${path}: ends at ${offset + done}, but was longer when it was opened; is it still being copied?`,
      )
    done += bytesRead
  }
}

const unreadable = (path: string, cause: unknown) =>
  new UserError(
    `${path}: cannot be read (${(cause as Error).message}); if the disk is failing, copy what can be read to another disk first`,
    1,
    { cause },
  )
