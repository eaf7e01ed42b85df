import { compareRanges, rangesToCompare } from './compare.node.ts'
import type { Copy, Patch } from './copy.node.ts'
import type { DoctorOptions } from './diagnosis'
import type { FindingList } from './finding-list'
import type { OtherCopy } from './other-copy.node.ts'
import { bytesIn, mergeRanges, overlap, type Range, within } from './ranges'

/** Differences of an entry with fewer equal bytes between them are mended together. */
const NEAR_BYTES = 4096

/** What a comparison with the other copy told. */
export interface Compared {
  /** Bytes of the other copy, for the repair. */
  readonly known: readonly Patch[]
  /** Whether all bytes that no checksum covers were compared. */
  readonly isComplete: boolean
  /** What was read of the other copy. */
  readonly bytes: number
}

/** Compares what no checksum covers, and decides findings that allow several explanations. */
export async function compareCopies(
  copy: Copy,
  other: OtherCopy,
  { onProgress, signal }: Pick<DoctorOptions, 'onProgress' | 'signal'>,
  list: FindingList,
  unproved: readonly Range[] | null,
  directory: Range,
  tail: Range,
): Promise<Compared> {
  const behind = { start: directory.start, end: tail.end }
  const bytesBefore = other.counters.bytes
  const { ranges, isComplete } = rangesToCompare(unproved, behind, copy.parts.size, other.isRemote)
  const taken = mergeRanges([...copy.covered, ...copy.absentIn({ start: 0, end: tail.end })])
  const there = (range: Range) =>
    !other.missing.has(other.parts.place(range.start).part) && within(taken, range).length === 0
  const both = mergeRanges([...ranges, tail])
    .flatMap(range => other.byPart(range))
    .filter(there)
  const total = bytesIn(both)
  const { differs, known: compared } = await compareRanges(copy, other, both, {
    onBytes: done => onProgress('compare', done, total),
    signal,
  })
  const known = [...compared]
  const undecided = [...list.undecided]
  for (const finding of undecided) {
    const own = [...finding.ranges, ...(finding.suspects ?? [])].flatMap(range =>
      other.byPart(range),
    )
    if (!own.every(there)) {
      list.settle(finding)
      continue
    }
    const result = await compareRanges(copy, other, mergeRanges(own), {
      onBytes: () => {},
      signal,
    })
    known.push(...result.known)
    // Both copies say the same: so it was written, unless the data are damaged in both.
    if (result.differs.length === 0) {
      if (finding.damage !== 'either') list.settle({ ...finding, suspects: [] })
      continue
    }
    // Differences that are near each other count as one; they never reach over the end of a part.
    const damaged = own.flatMap(range => within(mergeRanges(result.differs, NEAR_BYTES), range))
    const isRecord = damaged.every(({ start }) => start >= directory.start)
    const decided = isRecord ? 'record' : 'header'
    const { localName, ...rest } = finding
    list.settle({
      ...rest,
      ...(isRecord && localName !== undefined && { name: localName }),
      damage: finding.damage === 'either' ? decided : finding.damage,
      ranges: damaged,
      suspects: [],
    })
  }
  const found = list.damage
  for (const range of differs)
    if (!found.some(each => overlap(each, range)))
      list.settle({ damage: 'differs', name: null, ranges: [range] })
  return { known, isComplete, bytes: other.counters.bytes - bytesBefore }
}
