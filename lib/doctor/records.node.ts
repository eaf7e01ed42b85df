import type { ArchiveEntry } from '../archive/entry'
import { SIGNATURE, u16, u32 } from '../archive/fields'
import { CENTRAL_BYTES, entryLength, parseEntry } from '../archive/parse-entry.node.ts'
import type { Parts } from '../archive/parts'
import type { Range } from './ranges'

/** One record of the directory: an entry, and what its local header repeats. */
export interface DirectoryRecord extends Range {
  readonly entry: ArchiveEntry
  /** Version needed to extract. */
  readonly version: number
  readonly flags: number
  /** DOS time in the lower half, DOS date in the upper. */
  readonly time: number
  readonly name: Uint8Array
  readonly extra: Uint8Array
}

/** An entry at its place. */
export interface PlacedEntry {
  readonly record: DirectoryRecord
  /** Where its local header begins. */
  readonly start: number
  /** Where the next entry or the directory begins. */
  readonly bound: number
}

/** Bytes of the directory per read. */
const BLOCK_BYTES = 4 << 20

/** Records per batch. */
const BATCH = 4096

/**
 * Yields the records of a directory in order, also of a damaged one: records whose beginning or lengths are
 * damaged are left out, and reading goes on with the next record that another one, or the end, follows.
 *
 * @param directory Where the directory lies.
 * @param onBroken Called with each range that was left out.
 */
export async function* readRecords(
  parts: Parts,
  directory: Range,
  onBroken: (range: Range) => void,
): AsyncGenerator<DirectoryRecord[]> {
  const readBlock = (from: number) => {
    const end = Math.min(directory.end, from + BLOCK_BYTES)
    const block = from < end ? parts.read(parts.place(from), end - from) : null
    // Prevents an unhandled rejection; the await below still throws it.
    block?.catch(() => {})
    return block
  }
  let done = directory.start
  let rest: Uint8Array = new Uint8Array(0)
  /** Where damage begins whose end has not been found yet. */
  let broken: number | null = null
  for (let next = readBlock(done); next; ) {
    const block = await next
    const position = done - rest.length
    done += block.length
    next = readBlock(done)
    const bytes = rest.length > 0 ? Buffer.concat([rest, block]) : Buffer.from(block)
    const found = parseBlock(bytes, position, directory.end, parts, broken)
    for (const range of found.broken) onBroken(range)
    broken = found.openAt
    for (let at = 0; at < found.records.length; at += BATCH)
      yield found.records.slice(at, at + BATCH)
    rest = Uint8Array.from(bytes.subarray(found.at))
  }
  if (broken !== null) onBroken({ start: broken, end: directory.end })
  else if (rest.length > 0) onBroken({ start: directory.end - rest.length, end: directory.end })
}

/**
 * Parses the records of a block.
 *
 * @param position Position of its first byte.
 * @param end Where the directory ends.
 * @param openAt Where damage begins that reaches into this block, or null.
 * @returns Records, what was left out, and where the next block has to go on. The last record is left for
 *   the next block unless the directory ends, because only its successor shows that its length is right.
 */
function parseBlock(
  bytes: Buffer,
  position: number,
  end: number,
  parts: Parts,
  openAt: number | null,
) {
  const records: DirectoryRecord[] = []
  const broken: Range[] = []
  const isLast = position + bytes.length === end
  let at = 0
  let open = openAt
  while (at + CENTRAL_BYTES <= bytes.length) {
    if (open === null) {
      const length = entryLength(bytes, at)
      if (length !== null && at + length <= bytes.length) {
        records.push(parseRecord(bytes, at, length, position, parts))
        at += length
        continue
      }
      if (length !== null && !isLast) break
      const last = records.at(-1)
      // A signature with one wrong byte begins a damaged record; anything else follows a wrong length.
      if (length === null && last && !looksLikeSignature(bytes, at)) {
        records.pop()
        open = last.start
        at = last.start - position + 4
      } else {
        open = position + at
        at += 4
      }
    }
    const start = nextRecord(bytes, at, isLast)
    if (start === null) {
      // What is left may hold the beginning of a record.
      at = isLast ? bytes.length : Math.max(at, bytes.length - 0x20000)
      break
    }
    broken.push({ start: open, end: position + start })
    open = null
    at = start
  }
  const last = records.at(-1)
  if (last && open === null && !(isLast && at === bytes.length)) {
    records.pop()
    at = last.start - position
    // Bytes are left at the end that are no record: the last record has a wrong length.
    if (isLast) {
      broken.push({ start: last.start, end })
      at = bytes.length
    }
  }
  return { records, broken, openAt: open, at }
}

function parseRecord(
  bytes: Buffer,
  at: number,
  length: number,
  position: number,
  parts: Parts,
): DirectoryRecord {
  const nameEnd = at + CENTRAL_BYTES + u16(bytes, at + 28)
  return {
    entry: parseEntry(bytes, at, parts),
    version: u16(bytes, at + 6),
    flags: u16(bytes, at + 8),
    time: u32(bytes, at + 12),
    name: bytes.subarray(at + CENTRAL_BYTES, nameEnd),
    extra: bytes.subarray(nameEnd, nameEnd + u16(bytes, at + 30)),
    start: position + at,
    end: position + at + length,
  }
}

/** Where the next record begins that ends with the bytes or before another record; null if none is there. */
function nextRecord(bytes: Uint8Array, from: number, isLast: boolean): number | null {
  for (let at = from; at + CENTRAL_BYTES <= bytes.length; at++) {
    if (bytes[at] !== 0x50 || u32(bytes, at) !== SIGNATURE.central) continue
    const next = at + (entryLength(bytes, at) ?? 0)
    if (next === bytes.length) return at
    if (next + 4 <= bytes.length ? u32(bytes, next) === SIGNATURE.central : !isLast) return at
  }
  return null
}

function looksLikeSignature(bytes: Uint8Array, at: number): boolean {
  const wanted = [0x50, 0x4b, 0x01, 0x02]
  return wanted.filter((byte, i) => byte === bytes[at + i]).length === 3
}
