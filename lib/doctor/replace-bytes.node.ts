import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from '../archive/crc32.node.ts'
import { UserError } from '../errors'
import { fill } from './copy.node.ts'

/** Bytes that replace those of a file from an offset on; they may lie behind its end. */
export interface Replacement {
  readonly path: string
  readonly offset: number
  readonly bytes: number
  /** CRC-32 of the new bytes. */
  readonly crc32: number
  /** Inode of the file, so that another file of its name is never changed. */
  readonly inode: string
}

/** A replacement in a journal. */
export interface Stored extends Replacement {
  /** Where the new bytes lie in the journal. */
  readonly at: number
}

/** Bytes that are copied at a time. */
const BLOCK_BYTES = 8 << 20

/** Writes new bytes from a journal to their files. Files that were replaced since are left alone. */
export async function apply(
  journal: FileHandle,
  path: string,
  accepted: readonly Stored[],
): Promise<number> {
  let written = 0
  for (const [target, records] of byPath(accepted)) {
    const file = await open(target, 'r+').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null
      throw new UserError(`${target}: cannot be written (${cause.message})`, 1, { cause })
    })
    if (!file) continue
    try {
      const inode = String((await file.stat({ bigint: true })).ino)
      for (const { at, offset, bytes, crc32: crc, ...record } of records) {
        if (record.inode !== inode || (await crcOf(journal, at, bytes, path)) !== crc) continue
        for (let done = 0; done < bytes; done += BLOCK_BYTES) {
          const block = Buffer.alloc(Math.min(BLOCK_BYTES, bytes - done))
          await fill(journal, block, at + done, path)
          await writeAll(file, block, offset + done)
        }
        written += bytes
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }
  return written
}

async function crcOf(handle: FileHandle, at: number, bytes: number, path: string): Promise<number> {
  let crc = 0
  for (let done = 0; done < bytes; done += BLOCK_BYTES) {
    const block = Buffer.alloc(Math.min(BLOCK_BYTES, bytes - done))
    await fill(handle, block, at + done, path)
    crc = crc32(block, crc)
  }
  return crc
}

function byPath(records: readonly Stored[]): Map<string, Stored[]> {
  const found = new Map<string, Stored[]>()
  for (const record of records) {
    const same = found.get(record.path) ?? []
    found.set(record.path, same)
    same.push(record)
  }
  return found
}

/** Writes all bytes at an offset. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten
}

/** Makes renames and removals in a folder durable, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
