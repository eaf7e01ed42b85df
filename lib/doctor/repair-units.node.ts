import { ahead } from '../async/ahead'
import type { Copy, Patch } from './copy.node.ts'
import type { OtherCopy } from './other-copy.node.ts'
import { pieces, type Range, within } from './ranges'
import type { DirectoryRecord } from './records.node.ts'
import { statedStart } from './walk.node.ts'

/** Damage that no entry is checked with is cut into pieces of this size. */
const PIECE_BYTES = 8 << 20
/** Reads at a time. */
const AT_ONCE = 6

/** Bytes that are checked together: an entry with its gap, or a piece of what is no entry. */
export interface Unit {
  readonly record: DirectoryRecord | null
  readonly range: Range
  /** What is fetched of it. */
  readonly wanted: readonly Range[]
  /** The unit that this is the rest of. */
  readonly whole?: Unit
}

/** Units with damage, in order. Each entry's unit ends where the next one begins. */
export async function* unitsOf(
  copy: Copy,
  records: AsyncIterable<readonly DirectoryRecord[]>,
  directory: Range,
  damage: readonly Range[],
): AsyncGenerator<Unit> {
  let next = 0
  const unit = (record: DirectoryRecord | null, range: Range): Unit | null => {
    while (next < damage.length && (damage[next]?.end ?? 0) <= range.start) next++
    const wanted: Range[] = []
    for (let i = next; i < damage.length && (damage[i]?.start ?? 0) < range.end; i++)
      wanted.push(...within(damage.slice(i, i + 1), range))
    return wanted.length > 0 ? { record, range, wanted } : null
  }
  let held: { record: DirectoryRecord | null; start: number } = { record: null, start: 0 }
  const upTo = (end: number) => {
    const range = { start: held.start, end }
    if (end <= range.start) return []
    if (held.record) return [unit(held.record, range)]
    return [...pieces([range], PIECE_BYTES)].map(piece => unit(null, piece))
  }
  for await (const batch of records)
    for (const record of batch) {
      const start = statedStart(copy, record)
      if (start === null || start < held.start || start > directory.start) continue
      for (const found of upTo(start)) if (found) yield found
      held = { record, start }
    }
  for (const found of upTo(directory.start)) if (found) yield found
}

/** Where new bytes come from. */
export interface NewBytes {
  readonly other: OtherCopy
  /** Bytes of the other copy that have been read already. */
  readonly known: readonly Patch[]
  readonly signal: AbortSignal
}

/** The bytes that units want, cut where units end, so that each can be refused alone. */
export async function* fetchedByUnit(
  from: NewBytes,
  units: readonly Unit[],
  wanted: readonly Range[],
): AsyncGenerator<{ unit: Unit; start: number; bytes: Uint8Array }> {
  for await (const { start, bytes } of fetched(from, wanted)) {
    const range = { start, end: start + bytes.length }
    for (const unit of units)
      for (const own of within(unit.wanted, range))
        yield {
          unit,
          start: own.start,
          bytes: bytes.subarray(own.start - start, own.end - start),
        }
  }
}

/** The bytes of ranges from the other copy, several reads at a time, cut where units need not care. */
async function* fetched(
  { other, known, signal }: NewBytes,
  ranges: readonly Range[],
): AsyncGenerator<{ start: number; bytes: Uint8Array }> {
  const reads = [...pieces(ranges, PIECE_BYTES)]
  const read = async (range: Range) => {
    const there = known.find(({ start, end }) => start <= range.start && end >= range.end)
    const found: { start: number; bytes: Uint8Array }[] = []
    if (there)
      for (const cut of other.byPart(range))
        found.push({
          start: cut.start,
          bytes: await there.read(cut.start - there.start, cut.end - cut.start),
        })
    else for await (const piece of other.read(range, signal)) found.push(piece)
    return found
  }
  for await (const found of ahead(reads, AT_ONCE, read)) yield* found
}
