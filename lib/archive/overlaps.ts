import type { NamedLocator } from './entry'
import type { Parts } from './parts'
import { namedBytes } from './read-packed'

/**
 * Finds entries that share bytes. Archives that unpack to far more than their size have such entries. Keeps
 * only one entry in memory.
 *
 * @returns A function to call with every entry, sorted by part and offset. It returns the earlier entry whose
 *   header or data contains the new entry, or null.
 */
export function overlapCheck(parts: Parts): (entry: NamedLocator) => NamedLocator | null {
  let furthest: NamedLocator | null = null
  let end = 0
  return entry => {
    const start = parts.position(entry)
    const overlapped = start < end ? furthest : null
    const ownEnd = start + namedBytes(entry) + entry.compressedBytes
    if (ownEnd > end) {
      furthest = entry
      end = ownEnd
    }
    return overlapped
  }
}
