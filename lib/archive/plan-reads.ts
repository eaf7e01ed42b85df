import type { NamedLocator } from './entry'
import type { Parts } from './parts'
import { headerGuess } from './read-packed'

/** Entries that one read brings, in the order of the archive. */
export interface ReadGroup<Entry extends NamedLocator = NamedLocator> {
  readonly entries: readonly Entry[]
  /** From the first one's local header to the last one's data, in bytes, as far as can be foreseen. */
  readonly bytes: number
}

export interface PlanOptions {
  /** Bytes between two entries that are rather read than asked around. */
  readonly gapBytes?: number
  /** Bytes that one read may bring, unless a single entry has more. */
  readonly groupBytes?: number
  /** Bytes that one read may unpack to, unless a single entry has more. */
  readonly unpackedBytes?: number
}

/**
 * Which reads bring a number of entries: neighbours in one part are read together, for hosts limit
 * requests rather than bytes.
 */
export function planReads<Entry extends NamedLocator>(
  entries: readonly Entry[],
  parts: Parts,
  { gapBytes = 64 << 10, groupBytes = 8 << 20, unpackedBytes = 4 * groupBytes }: PlanOptions = {},
): ReadGroup<Entry>[] {
  const sorted = [...entries].sort((a, b) => a.part - b.part || a.offset - b.offset)
  const groups: { entries: Entry[]; bytes: number; unpacked: number }[] = []
  for (const entry of sorted) {
    const own = headerGuess(entry) + entry.compressedBytes
    const group = groups.at(-1)
    const first = group?.entries[0]
    if (group && first) {
      const distance = parts.position(entry) - parts.position(first)
      const bytes = Math.max(group.bytes, distance + own)
      // What lies in two parts takes two reads anyway.
      const isNear = first.part === entry.part && distance - group.bytes <= gapBytes
      const unpacked = group.unpacked + entry.bytes
      if (isNear && bytes <= groupBytes && unpacked <= unpackedBytes) {
        group.entries.push(entry)
        Object.assign(group, { bytes, unpacked })
        continue
      }
    }
    groups.push({ entries: [entry], bytes: own, unpacked: entry.bytes })
  }
  return groups
}
