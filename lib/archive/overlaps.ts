import type { NamedLocator } from './entry'
import type { Parts } from './parts'
import { namedBytes } from './read-packed'

/**
 * Finds entries that share bytes, as archives do that expand to far more than they hold. It keeps one
 * entry in memory however many there are.
 *
 * @returns A function to call with every entry, sorted by part and offset: it gives the earlier entry
 *   whose header or data the new one lies in, or null.
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
