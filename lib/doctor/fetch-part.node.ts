import { open, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ahead } from '../async/ahead'
import { UserError } from '../errors'
import { formatBytes } from '../format'
import type { OtherCopy } from './other-copy.node.ts'
import { writeAll } from './replace-bytes.node.ts'

const BLOCK_BYTES = 8 << 20
/** Blocks that are read at a time. */
const AT_ONCE = 4
/** Bytes after which what was written is made durable. */
const SYNC_BYTES = 64 << 20
/** Free bytes that must remain on the disk. */
const SPARE_BYTES = 64 << 20

/** Name of a part that is being fetched. */
export const incompleteOf = (home: string): string => `${home}.incomplete`

/**
 * Fetches a part to its name with `.incomplete`. A part that was begun is continued.
 *
 * @param onBytes Called with the number of bytes of the part that are there.
 * @throws UserError if the disk has no room; as the other copy.
 */
export async function fetchPart(
  other: OtherCopy,
  part: number,
  home: string,
  { onBytes, signal }: { onBytes: (bytes: number) => void; signal?: AbortSignal },
): Promise<void> {
  const source = other.parts.source(part)
  const path = incompleteOf(home)
  const file = await open(path, 'a+').then(async created => {
    await created.close()
    return open(path, 'r+')
  })
  try {
    const { size } = await file.stat()
    // The last block may have been written in part.
    const from = size > source.size ? 0 : size - (size % BLOCK_BYTES)
    await assertRoom(path, source.size - from)
    await file.truncate(from)
    const offsets: number[] = []
    for (let at = from; at < source.size; at += BLOCK_BYTES) offsets.push(at)
    let [done, synced] = [from, from]
    onBytes(done)
    const read = (at: number) => source.read(at, Math.min(BLOCK_BYTES, source.size - at), signal)
    for await (const bytes of ahead(offsets, AT_ONCE, read)) {
      signal?.throwIfAborted()
      await writeAll(file, bytes, done)
      done += bytes.length
      if (done - synced >= SYNC_BYTES) {
        await file.sync()
        synced = done
      }
      onBytes(done)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** @throws UserError if the disk of a file has no room for more bytes. */
export async function assertRoom(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path))
  const free = bavail * bsize
  if (bytes + SPARE_BYTES > free)
    throw new UserError(
      `${path}: needs ${formatBytes(bytes)}, but only ${formatBytes(free)} are free; free disk space and run the command again`,
    )
}
