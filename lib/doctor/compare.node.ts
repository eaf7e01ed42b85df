import type { Copy, Patch } from './copy.node.ts'
import type { OtherCopy } from './other-copy.node.ts'
import { bytesIn, mergeRanges, type Range, within } from './ranges'

/** Differences with fewer equal bytes between them are one. */
const NEAR_BYTES = 16

/** Bytes of the other copy that are kept in memory for a repair. */
const KEPT_BYTES = 64 << 20

export interface Comparison {
  /** Ranges in which the copies differ. */
  readonly differs: readonly Range[]
  /** What was read of the other copy, as far as it was kept. */
  readonly known: readonly Patch[]
}

/**
 * Compares ranges of two copies.
 *
 * @param ranges Merged; bytes that the copy lacks are left out.
 */
export async function compareRanges(
  copy: Copy,
  other: OtherCopy,
  ranges: readonly Range[],
  { onBytes, signal }: { onBytes: (done: number) => void; signal: AbortSignal },
): Promise<Comparison> {
  const differs: Range[] = []
  const known: Patch[] = []
  let [done, kept] = [0, 0]
  for (const range of ranges)
    for await (const { start, bytes } of other.read(range, signal)) {
      const own = await copy.readPlain({ start, end: start + bytes.length })
      const lacking = mergeRanges(copy.absentIn({ start, end: start + bytes.length }))
      for (const found of differences(own, bytes, start))
        if (within(lacking, found).length === 0) differs.push(found)
      kept += bytes.length
      if (kept <= KEPT_BYTES) known.push(memoryPatch(start, bytes))
      done += bytes.length
      onBytes(done)
    }
  return { differs: mergeRanges(differs, NEAR_BYTES), known }
}

/** A patch of bytes in memory. */
export const memoryPatch = (start: number, bytes: Uint8Array): Patch => ({
  start,
  end: start + bytes.length,
  read: async (from, length) => bytes.subarray(from, from + length),
})

/**
 * Ranges in which two pieces of the same length differ.
 *
 * @param position Position of their first byte.
 */
export function differences(a: Uint8Array, b: Uint8Array, position: number): Range[] {
  const found: { start: number; end: number }[] = []
  if (Buffer.compare(a, b) === 0) return found
  for (let i = 0; i < b.length; i++) {
    if (a[i] === b[i]) continue
    const at = position + i
    const last = found.at(-1)
    if (last && at <= last.end + NEAR_BYTES) last.end = at + 1
    else found.push({ start: at, end: at + 1 })
  }
  return found
}

/**
 * What is compared over a network although nothing seems wrong: at most one percent of an archive within these
 * limits. Below the lower one, it costs next to nothing.
 */
const LEAST_BYTES = 4 << 20
const MOST_BYTES = 256 << 20

/**
 * The ranges that are compared although nothing seems wrong with them: those that no CRC-32 covers. Over a
 * network, only as many as cost little.
 *
 * @param unproved Between the data of entries; null if there are too many.
 * @param directory The directory and the end of the archive.
 */
export function rangesToCompare(
  unproved: readonly Range[] | null,
  directory: Range,
  size: number,
  isRemote: boolean,
): { readonly ranges: readonly Range[]; readonly isComplete: boolean } {
  const most = isRemote
    ? Math.min(Math.max(size / 100, LEAST_BYTES), MOST_BYTES)
    : Number.POSITIVE_INFINITY
  const all = unproved === null ? null : mergeRanges([...unproved, directory])
  if (all && bytesIn(all) <= most) return { ranges: all, isComplete: true }
  const ofDirectory = mergeRanges([directory])
  return bytesIn(ofDirectory) <= most
    ? { ranges: ofDirectory, isComplete: false }
    : { ranges: [], isComplete: false }
}
