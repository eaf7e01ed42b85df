import { UserError } from '../errors'
import { formatCount } from '../format'
import type { Archive } from './archive'
import type { ArchiveEntry } from './entry'
import { CENTRAL_BYTES, entryLength, parseEntry } from './parse-entry.node.ts'

/** Bytes of the directory that are read at a time; more from a host, which may limit requests per minute. */
const BLOCK_BYTES = 4 << 20
const REMOTE_BLOCK_BYTES = 16 << 20

/** Entries that are handed on at a time: few enough to be gone before the collector moves them. */
const BATCH_ENTRIES = 4096

export interface ScanOptions {
  /** Bytes that are read at a time; twice as many are held. */
  readonly blockBytes?: number
  readonly signal?: AbortSignal
}

/** Some thousand entries, at least one. */
export interface DirectoryBatch {
  readonly entries: ArchiveEntry[]
  /** Bytes of the directory up to the end of these entries, of `directoryBytes`. */
  readonly bytesDone: number
}

/** What of an archive is needed to read its directory. */
export type Directory = Pick<
  Archive,
  'location' | 'parts' | 'entries' | 'directory' | 'directoryBytes'
>

/**
 * All entries of the directory in its order, batch by batch: memory does not depend on how many there
 * are. The next block is on its way while one is looked at. Every entry is handed on, unsafe ones with
 * their `problem`; entries of the same name, or of names that differ only in case, are not looked for.
 *
 * @throws UserError if the directory is damaged or ends early; what the parts throw.
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
    // It may fail while nobody waits for it: whoever awaits it hears of that.
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
    // A copy, for a view would hold the whole block.
    rest = Uint8Array.from(bytes.subarray(at))
  }
  if (count !== archive.entries || rest.length > 0) throw otherCount(archive, 'other')
}

const otherCount = ({ location, entries }: Directory, what: string) =>
  new UserError(
    `${location}: the directory holds ${what} entries than the ${formatCount(entries)} that the end record states; it is damaged`,
  )

/**
 * The entries from `from` on, up to `BATCH_ENTRIES`.
 *
 * @param position Of the first byte, in the archive.
 * @returns Where the next one begins, and whether it may be there.
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
