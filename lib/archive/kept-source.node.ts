import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type ByteSource, checkRange } from './byte-source'
import type { HttpSource } from './http-source'
import { KeptBytes } from './kept-bytes.node.ts'

/** A folder for bytes that were read over HTTP, so that the next run need not read them again. */
export interface KeptFolder {
  /** It exists, and belongs to this process. */
  readonly dir: string
  readonly log: (line: string) => void
  /** Called for each file with the number of its bytes that an earlier run has kept. */
  readonly onFound: (bytes: number) => void
  /** Called with numbers of bytes that an earlier run has kept and that were not read again. */
  readonly onReused: (bytes: number) => void
}

/** Read bytes are written to disk in pieces of this size, so that a killed process loses no more. */
const PIECE_BYTES = 256 << 10

/**
 * A source that keeps what it reads. What an earlier run kept of the same file (size and ETag or date) is checked
 * against its hash and not read again. A file without ETag and date cannot be told from a later one, so nothing of
 * it is kept.
 */
export async function keptSource(source: HttpSource, folder: KeptFolder): Promise<ByteSource> {
  const { name, size, known } = source
  if (known.tags.size === 0 && known.lastModified === null) return source
  const file = `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.kept`
  const kept = await KeptBytes.open(join(folder.dir, file), { name, size, known }, folder.log)
  folder.onFound(kept.bytes)
  const wrapped: ByteSource = {
    name,
    size,
    isRemote: true,
    async read(offset, length, signal) {
      checkRange(wrapped, offset, length)
      const bytes = new Uint8Array(length)
      for (let done = 0; done < length; ) {
        const found = await kept.take(offset + done, bytes.subarray(done))
        folder.onReused(found.old)
        done += found.done
        const gap = bytes.subarray(done, done + kept.gapAt(offset + done, length - done))
        await readGap(source, kept, offset + done, gap, signal)
        done += gap.length
      }
      return bytes
    },
    async close() {
      await Promise.all([source.close(), kept.close()])
    },
  }
  return wrapped
}

/** Reads bytes and keeps them piece by piece, also those that came before a fault. */
async function readGap(
  source: HttpSource,
  kept: KeptBytes,
  offset: number,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  if (bytes.length === 0) return
  let saved = 0
  const save = (done: number) => {
    kept.add(offset + saved, bytes.subarray(saved, done))
    saved = done
  }
  let filled = 0
  try {
    await source.readInto(
      offset,
      bytes,
      done => {
        filled = done
        if (filled - saved >= PIECE_BYTES) save(filled)
      },
      signal,
    )
  } finally {
    if (filled > saved) save(filled)
    await kept.written()
  }
}
