import { UserError } from '../errors'
import { formatCount } from '../format'
import type { Archive } from './archive'
import type { ArchiveEntry } from './entry'
import { CENTRAL_BYTES, entryLength, parseEntry } from './parse-entry.node.ts'

/** Bytes of the directory per read; more over HTTP, because hosts may limit requests per minute. */
const BLOCK_BYTES = 4 << 20
const REMOTE_BLOCK_BYTES = 16 << 20

/** Entries per batch: few enough to be released before the garbage collector moves them to old space. */
const BATCH_ENTRIES = 4096

export interface ScanOptions {
  /** Bytes per read; memory holds twice as many. */
  readonly blockBytes?: number
  readonly signal?: AbortSignal
}

/** Some thousand entries; at least one. */
export interface DirectoryBatch {
  readonly entries: ArchiveEntry[]
  /** Bytes of the directory up to the end of these entries, of `directoryBytes`. */
  readonly bytesDone: number
}

/** The parts of an `Archive` that reading its directory needs. */
export type Directory = Pick<
  Archive,
  'location' | 'parts' | 'entries' | 'directory' | 'directoryBytes'
>

/**
 * Yields all entries of the directory in order, in batches, so that memory does not depend on their number.
 * The next block is read while one is parsed. Unsafe entries are yielded too, with their `problem`. Repeated
 * names, and names that differ only in case, are not detected here.
 *
 * @throws UserError if the directory is damaged or ends early; as `ByteSource.read`.
 */
export async function* scanDirectory(
  archive: Directory,
  { blockBytes, signal }: ScanOptions = {},
): AsyncGenerator<DirectoryBatch> {
  const { parts, directory, directoryBytes } = archive
  const { isRemote } = parts.source(directory.part)
  const most = blockBytes ?? (isRemote ? REMOTE_BLOCK_BYTES : BLOCK_BYTES)
  const start = parts.position(directory)
  const readBlock = (from: number) => {
    const length = Math.min(most, directoryBytes - from)
    const block = length > 0 ? parts.read(parts.place(start + from), length, signal) : null
    // Prevents an unhandled rejection; the await below still throws it.
    block?.catch(() => {})
    return block
  }
  let count = 0
  let done = 0
  let rest: Uint8Array = new Uint8Array(0)
  for (let next = readBlock(0); next; ) {
    const block = await next
    const position = start + done - rest.length
    done += block.length
    next = readBlock(done)
    const bytes = rest.length > 0 ? Buffer.concat([rest, block]) : bufferOf(block)
    let at = 0
    for (let isMore = true; isMore; ) {
      const batch = parseBatch(archive, bytes, at, position)
      ;({ at, isMore } = batch)
      count += batch.entries.length
      if (count > archive.entries) throw otherCount(archive, 'more')
      const bytesDone = position - start + at
      if (batch.entries.length > 0) yield { entries: batch.entries, bytesDone }
    }
    // A copy, because a view would keep the whole block in memory.
    rest = Uint8Array.from(bytes.subarray(at))
  }
  if (count !== archive.entries || rest.length > 0) throw otherCount(archive, 'other')
}

const otherCount = ({ location, entries }: Directory, what: string) =>
  new UserError(
    `${location}: the directory holds ${what} entries than the ${formatCount(entries)} that the end record states; it is damaged`,
  )

/**
 * Parses up to `BATCH_ENTRIES` entries from `from` on.
 *
 * @param position Position of the first byte in the archive.
 * @returns The entries, where the next entry begins, and whether more of the bytes can be parsed.
 */
function parseBatch({ parts }: Directory, bytes: Buffer, from: number, position: number) {
  const entries: ArchiveEntry[] = []
  let at = from
  while (at + CENTRAL_BYTES <= bytes.length) {
    if (entries.length === BATCH_ENTRIES) return { entries, at, isMore: true }
    const length = entryLength(bytes, at)
    if (length === null) {
      const { part, offset } = parts.place(position + at)
      throw new UserError(
        `${parts.source(part).name}: the directory is damaged at ${offset}${entries.length > 0 ? `, after "${entries.at(-1)?.name}"` : ''}; download this part again`,
      )
    }
    if (at + length > bytes.length) break
    entries.push(parseEntry(bytes, at, parts))
    at += length
  }
  return { entries, at, isMore: false }
}

const bufferOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
