import { SIGNATURE, u32 } from '../archive/fields'
import { LOCAL_BYTES } from '../archive/local-header'
import { checkEntry } from './check-entry.node.ts'
import { checkGap } from './check-gap.node.ts'
import type { Copy } from './copy.node.ts'
import { isLarge } from './digest.node.ts'
import { type Extent, extentOf } from './extent.node.ts'
import type { Finding } from './finding'
import { type Habits, parseLocal } from './local'
import { Pending } from './pending'
import type { Range } from './ranges'
import type { DirectoryRecord, PlacedEntry } from './records.node.ts'
import { Window } from './window.node.ts'

/** Room for the extra fields of a header in the first read. */
const EXTRA_GUESS = 128

/** With more entries, the ranges that nothing proves are not collected. */
export const MAX_UNPROVED = 4096

export interface WalkOptions {
  readonly habits: Habits
  /** Where the directory begins: the end of all entries. */
  readonly end: number
  /** Ranges of the directory that cannot be read; their entries are found between the others. */
  readonly broken: readonly Range[]
  readonly onFinding: (finding: Finding) => void
  readonly onProgress?: (position: number) => void
  readonly signal?: AbortSignal
}

export interface Walked {
  readonly entries: number
  /**
   * Bytes that no CRC-32 covers, with the last byte of each entry's data, whose unused bits it does not cover
   * either; null if there are too many ranges.
   */
  readonly unproved: readonly Range[] | null
}

/**
 * Checks all entries in the order of the archive, reading each byte once. Entries follow each other, so a
 * wrong place or length in the directory shows by the header that lies where the last entry ends.
 *
 * @param batches Records in the order of their places, but for damaged ones.
 */
export async function walk(
  copy: Copy,
  batches: AsyncIterable<readonly DirectoryRecord[]>,
  options: WalkOptions,
): Promise<Walked> {
  const { signal, end: limit } = options
  const window = new Window(copy, limit)
  const pending = new Pending()
  const unproved: Range[] = []
  let entries = 0
  /** Where the data of the last entry end, and the entry with its descriptor. */
  let [dataEnd, end] = [0, 0]
  const visit = async (record: DirectoryRecord, next: DirectoryRecord | null) => {
    const { start, isMoved } = await placeOf(copy, window, record, end)
    if (start > end) await checkGap(copy, { start: end, end: start }, options)
    if (isMoved)
      options.onFinding({
        damage: 'record',
        name: record.entry.name,
        ranges: [rangeOf(record)],
        fields: ['place'],
      })
    const head = await headOf(window, record, start, limit)
    const bound = await boundOf(copy, window, record, start, head, next, limit)
    const placed: PlacedEntry = { record, start, bound }
    const extent = extentOf(placed, head)
    await check(placed, extent, head)
    if (++entries <= MAX_UNPROVED)
      unproved.push({ start: Math.max(0, dataEnd - 1), end: extent?.data.start ?? bound })
    dataEnd = extent?.data.end ?? bound
    end = Math.max(end, extent?.descriptor.end ?? bound)
  }
  const check = async (placed: PlacedEntry, extent: Extent | null, head: Uint8Array) => {
    const packed = extent ? extent.data.end - extent.data.start : 0
    const isWhole = extent !== null && !isLarge(packed, placed.record.entry.bytes)
    const all = { start: placed.start, end: extent?.data.end ?? placed.bound }
    const bytes = isWhole ? (window.peek(all) ?? (await window.get(all))) : head
    await pending.add(packed, async () => {
      const found = await checkEntry(copy, placed, extent, options.habits, bytes)
      for (const finding of found) options.onFinding(finding)
    })
  }
  let held: DirectoryRecord | null = null
  try {
    for await (const batch of batches)
      for (const record of batch) {
        signal?.throwIfAborted()
        if (held) await visit(held, record)
        held = record
        options.onProgress?.(end)
      }
    if (held) await visit(held, null)
    if (end < limit) await checkGap(copy, { start: end, end: limit }, options)
    unproved.push({ start: Math.max(0, dataEnd - 1), end: limit })
  } finally {
    await pending.settle()
  }
  options.onProgress?.(limit)
  return { entries, unproved: entries > MAX_UNPROVED ? null : unproved }
}

const rangeOf = ({ start, end }: Range): Range => ({ start, end })

/** Where a record says that its entry begins; null outside the archive. */
export function statedStart({ parts }: Copy, { entry }: DirectoryRecord): number | null {
  return parts.has(entry) ? parts.position(entry) : null
}

/** Where an entry begins: at the end of the last one if its header is there, else where the directory says. */
async function placeOf(copy: Copy, window: Window, record: DirectoryRecord, end: number) {
  const stated = statedStart(copy, record)
  if (stated === end) return { start: end, isMoved: false }
  // The first entry follows the mark of a split archive.
  for (const start of end === 0 ? [0, 4] : [end])
    if (await beginsAt(window, record, start, copy.parts.size))
      return { start, isMoved: start !== stated }
  return { start: stated ?? end, isMoved: false }
}

/** Whether a local header with the record's name lies at a position. */
async function beginsAt(
  window: Window,
  { name }: DirectoryRecord,
  start: number,
  limit: number,
): Promise<boolean> {
  const end = start + LOCAL_BYTES + name.length
  if (end > limit) return false
  const bytes = await window.get({ start, end })
  return (
    u32(bytes, 0) === SIGNATURE.local && name.every((byte, i) => byte === bytes[LOCAL_BYTES + i])
  )
}

/** Bytes from the start of an entry to its data, or to the end of all entries. */
async function headOf(
  window: Window,
  { name }: DirectoryRecord,
  start: number,
  limit: number,
): Promise<Uint8Array> {
  const most = Math.max(start, limit)
  const guessed = Math.min(most, start + LOCAL_BYTES + name.length + EXTRA_GUESS)
  const head = await window.get({ start, end: guessed })
  if (head.length < LOCAL_BYTES) return head
  const end = Math.min(most, start + parseLocal(head).length)
  return end <= guessed ? head : window.get({ start, end })
}

/** Where an entry ends at the latest: where the next one begins. */
async function boundOf(
  copy: Copy,
  window: Window,
  record: DirectoryRecord,
  start: number,
  head: Uint8Array,
  next: DirectoryRecord | null,
  limit: number,
): Promise<number> {
  const stated = next ? (statedStart(copy, next) ?? limit) : limit
  if (head.length < LOCAL_BYTES) return Math.max(start, Math.min(stated, limit))
  const computed = start + parseLocal(head).length + record.entry.compressedBytes
  // A data descriptor takes at most 24 bytes.
  if (stated >= computed && stated <= computed + 24) return stated
  if (next && computed < limit)
    for (const length of [0, 16, 24, 12])
      if (await beginsAt(window, next, computed + length, limit)) return computed + length
  if (stated > start && stated <= limit) return stated
  return Math.max(start, Math.min(computed, limit))
}
