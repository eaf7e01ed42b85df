import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from '../archive/crc32.node.ts'
import { fill, type Patch } from './copy.node.ts'
import { apply, type Replacement, type Stored, syncFolder, writeAll } from './replace-bytes.node.ts'

/** First line of a journal. */
const MARK = Buffer.from('samed2d-doctor-journal 1\n')

/** Steps after which a test stops the work, as a kill would. */
export type JournalStep = 'begun' | 'written' | 'committed' | 'applied' | 'removed'

/**
 * New bytes for files, which are stored durably before any file is changed. A journal whose last record says so
 * is complete: applying it again is safe, and is done first by the next repair. Without that record, no file
 * has been changed, and the journal is dropped.
 */
export class Journal {
  private readonly stored: Stored[] = []
  private end = MARK.length
  private isCommitted = false

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly onStep: (step: JournalStep) => void,
  ) {}

  static async create(path: string, onStep: (step: JournalStep) => void): Promise<Journal> {
    const handle = await open(path, 'w+')
    try {
      await writeAll(handle, MARK, 0)
      onStep('begun')
    } catch (error) {
      await handle.close()
      throw error
    }
    return new Journal(path, handle, onStep)
  }

  /**
   * Stores new bytes.
   *
   * @returns The index of the record, for `commit`, and how to read the bytes back.
   */
  async add(
    path: string,
    offset: number,
    bytes: Uint8Array,
  ): Promise<{ readonly index: number; readonly read: Patch['read'] }> {
    const inode = String((await stat(path, { bigint: true })).ino)
    const replacement = { path, offset, bytes: bytes.length, crc32: crc32(bytes), inode }
    const at = await this.append(replacement, bytes)
    this.stored.push({ ...replacement, at })
    return {
      index: this.stored.length - 1,
      read: async (from, length) => {
        const read = Buffer.allocUnsafe(length)
        await fill(this.handle, read, at + from, this.path)
        return read
      },
    }
  }

  /**
   * Makes some of the records final, writes them to their files, and removes the journal.
   *
   * @param accepted Indices of records; the others are dropped.
   */
  async commit(accepted: readonly number[]): Promise<void> {
    await this.handle.sync()
    this.onStep('written')
    await this.append({ commit: accepted }, new Uint8Array(0))
    await this.handle.sync()
    await syncFolder(dirname(this.path))
    this.isCommitted = true
    this.onStep('committed')
    await apply(this.handle, this.path, accepted.map(i => this.stored[i]).filter(isStored))
    this.onStep('applied')
    await this.drop()
    this.onStep('removed')
  }

  /** Removes the journal without changing any file. */
  async drop(): Promise<void> {
    await this.handle.close()
    await rm(this.path, { force: true })
    await syncFolder(dirname(this.path))
  }

  /** After an error: closes the journal, and removes it unless it is complete and has to be applied. */
  async abandon(): Promise<void> {
    await this.handle.close()
    if (!this.isCommitted) await rm(this.path, { force: true })
  }

  /** Appends a record: the length of its description, the description, and bytes. Returns where these begin. */
  private async append(description: object, bytes: Uint8Array): Promise<number> {
    const text = Buffer.from(JSON.stringify(description))
    const head = Buffer.alloc(8)
    head.writeUInt32LE(text.length, 0)
    head.writeUInt32LE(crc32(text), 4)
    await writeAll(this.handle, Buffer.concat([head, text]), this.end)
    const at = this.end + head.length + text.length
    await writeAll(this.handle, bytes, at)
    this.end = at + bytes.length
    return at
  }
}

const isStored = (stored: Stored | undefined): stored is Stored => stored !== undefined

/**
 * Finishes what an interrupted repair has left: a complete journal is applied, any other removed.
 *
 * @returns Number of bytes that were written; null without a journal.
 */
export async function finishJournal(path: string): Promise<number | null> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return null
  let written = 0
  try {
    const accepted = await readJournal(handle, path)
    if (accepted) written = await apply(handle, path, accepted)
  } finally {
    await handle.close()
  }
  await rm(path, { force: true })
  await syncFolder(dirname(path))
  return written
}

/** Whether a complete journal is there, which waits to be applied. */
export async function isJournalWaiting(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null)
  if (!handle) return false
  try {
    return (await readJournal(handle, path)) !== null
  } finally {
    await handle.close()
  }
}

/** The accepted records of a complete journal; null if it is not complete. */
async function readJournal(handle: FileHandle, path: string): Promise<Stored[] | null> {
  const { size } = await handle.stat()
  const read = async (at: number, length: number) => {
    if (at + length > size) return null
    const bytes = Buffer.alloc(length)
    await fill(handle, bytes, at, path)
    return bytes
  }
  if (!(await read(0, MARK.length))?.equals(MARK)) return null
  const stored: Stored[] = []
  for (let at = MARK.length; ; ) {
    const head = await read(at, 8)
    const text = head && (await read(at + 8, head.readUInt32LE(0)))
    if (!head || !text || crc32(text) !== head.readUInt32LE(4)) return null
    const description = JSON.parse(text.toString()) as Replacement | { commit: number[] }
    at += 8 + text.length
    if ('commit' in description) return description.commit.map(i => stored[i]).filter(isStored)
    stored.push({ ...description, at })
    at += description.bytes
  }
}
