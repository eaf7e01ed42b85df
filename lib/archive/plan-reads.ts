import type { NamedLocator } from './entry'
import type { Parts } from './parts'
import { headerGuess } from './read-packed'

/** Entries that are read together, in the order of the archive. */
export interface ReadGroup<Entry extends NamedLocator = NamedLocator> {
  readonly entries: readonly Entry[]
  /** Bytes from the first local header to the end of the last data, with a guess for the last header. */
  readonly bytes: number
}

export interface PlanOptions {
  /** Maximum gap between two entries of a group, in bytes: reading it is cheaper than another request. */
  readonly gapBytes?: number
  /** Maximum bytes of one read; a single entry may have more. */
  readonly groupBytes?: number
  /** Maximum unpacked bytes of one read; a single entry may have more. */
  readonly unpackedBytes?: number
}

/**
 * Groups entries into reads. Neighbours in one part are read together, because hosts limit requests rather
 * than bytes.
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
      // A group that spans two parts would take two reads.
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
