import type { Archive } from './archive'
import type { ArchiveEntry } from './entry'
import { SIGNATURE, u32 } from './fields'
import { CENTRAL_BYTES, entryLength, parseEntry } from './parse-entry.node.ts'

/** Bytes of the directory that one sample reads: some 400 entries. */
export const SAMPLE_BYTES = 64 << 10

/** The parts of an `Archive` that a sample needs. */
export type Directory = Pick<Archive, 'parts' | 'directory' | 'directoryBytes'>

/** An entry and where it lies in the directory: [at, end). */
export interface SampledEntry {
  readonly entry: ArchiveEntry
  readonly at: number
  readonly end: number
}

/**
 * The entries that lie completely in a stretch of the directory, which may begin in the middle of an entry.
 *
 * @param from Offset in the directory; need not be the start of an entry.
 * @returns Entries in order; empty if nothing in the stretch looks like a sequence of entries.
 */
export async function sampleDirectory(
  { parts, directory, directoryBytes }: Directory,
  from: number,
  length: number,
  signal?: AbortSignal,
): Promise<SampledEntry[]> {
  const wanted = Math.min(length, directoryBytes - from)
  const place = parts.place(parts.position(directory) + from)
  const bytes = Buffer.from(await parts.read(place, wanted, signal))
  for (let start = 0; start + CENTRAL_BYTES <= bytes.length; start++) {
    if (bytes[start] !== 0x50 || u32(bytes, start) !== SIGNATURE.central) continue
    const ends = chainFrom(bytes, start)
    // Any four bytes may look like an entry by chance; a sequence of entries up to the end of the stretch does
    // not.
    if (!ends) continue
    return ends.map((end, i) => {
      const at = i === 0 ? start : (ends[i - 1] as number)
      return { entry: parseEntry(bytes, at, parts), at: from + at, end: from + end }
    })
  }
  return []
}

/** Ends of the entries that follow each other from `start` on; null if other bytes come between. */
function chainFrom(bytes: Uint8Array, start: number): number[] | null {
  const ends: number[] = []
  for (let at = start; at + CENTRAL_BYTES <= bytes.length; ) {
    const length = entryLength(bytes, at)
    if (length === null) return null
    at += length
    if (at > bytes.length) break
    ends.push(at)
  }
  return ends
}
