import { UserError } from '../errors'
import { countOf } from '../format'
import type { Archive } from './archive'
import type { ArchiveEntry } from './entry'
import { readPacked } from './read-packed'
import { SAMPLE_BYTES, type SampledEntry, sampleDirectory } from './sample-directory.node.ts'

/** Maximum bytes between an entry's data and the next entry: a data descriptor with Zip64 sizes. */
const DESCRIPTOR_BYTES = 24

/** Maximum reads of the directory per boundary; twice as many as a binary search in 2^32 bytes needs. */
const MAX_LOOKS = 64

/**
 * Checks that the parts of a split archive belong to its directory, without reading all of it. For each
 * boundary between parts, a search in the directory (which has the order of the data) finds the last entry
 * before the boundary and the first entry after it. Both must be where the directory says, and the first
 * must end where the second begins. This finds a part that is truncated, replaced, or of another archive
 * before anything is read from it. If the directory has another order and the search fails, the checks of
 * each read have to find such a part.
 *
 * @throws UserError that names the part.
 */
export async function checkParts(archive: Archive, signal?: AbortSignal): Promise<void> {
  const { parts, directory, entries } = archive
  if (parts.sources.length === 1 || entries === 0) return
  const [head, tail] = await Promise.all([
    sampleDirectory(archive, 0, SAMPLE_BYTES, signal),
    sampleDirectory(
      archive,
      Math.max(0, archive.directoryBytes - SAMPLE_BYTES),
      SAMPLE_BYTES,
      signal,
    ),
  ])
  const [first, last] = [head[0], tail.at(-1)]
  if (!first || !last) return
  await checkHeader(archive, first.entry, signal)
  // From the directory's first part on, the end record has already been checked.
  const boundaries = Array.from({ length: directory.part }, (_, part) => part)
  const results = await Promise.allSettled(
    boundaries.map(part => checkBoundary(archive, part, first, last, signal)),
  )
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** Checks the boundary between a part and the next one. */
async function checkBoundary(
  archive: Archive,
  part: number,
  first: SampledEntry,
  last: SampledEntry,
  signal?: AbortSignal,
): Promise<void> {
  const { parts, directory } = archive
  if (first.entry.part > part) return
  const pair =
    last.entry.part <= part
      ? { before: last.entry, behind: null }
      : await findNeighbours(archive, part, first, last, signal)
  if (!pair) return
  const { before, behind } = pair
  const [end] = await Promise.all([
    checkHeader(archive, before, signal),
    behind && checkHeader(archive, behind, signal),
  ])
  if (end === null) return
  const next = parts.position(behind ?? directory)
  const name = parts.source(part).name
  if (end > next)
    throw new UserError(
      `${name}: ${countOf(end - next, 'byte')} too short for "${before.name}", which continues in the next part; it is truncated or from another archive`,
    )
  const isCut = end > (parts.starts[part + 1] ?? 0)
  if (isCut && next - end > DESCRIPTOR_BYTES)
    throw new UserError(
      `${name}: ${countOf(next - end, 'byte')} too long for "${before.name}", which continues in the next part; it is from another archive`,
    )
}

/** The last entry that begins in the part or before it, and the next entry; null if they are not found. */
async function findNeighbours(
  archive: Archive,
  part: number,
  first: SampledEntry,
  last: SampledEntry,
  signal?: AbortSignal,
): Promise<{ before: ArchiveEntry; behind: ArchiveEntry } | null> {
  const { parts } = archive
  const boundary = parts.starts[part + 1] ?? 0
  let [before, behind] = [first, last]
  for (let look = 0; look < MAX_LOOKS && before.end < behind.at; look++) {
    const gap = behind.at - before.end
    const [low, high] = [parts.position(before.entry), parts.position(behind.entry)]
    // Interpolation is quick where entries have similar sizes; every second step halves, which always ends.
    const share = look % 2 === 0 ? (boundary - low) / (high - low) : 0.5
    const from =
      gap <= SAMPLE_BYTES
        ? before.end
        : before.end + clamp(Math.floor(share * gap - SAMPLE_BYTES / 2), 0, gap - SAMPLE_BYTES)
    const sampled = await sampleDirectory(archive, from, Math.min(gap, SAMPLE_BYTES), signal)
    if (sampled.length === 0) return null
    before = sampled.findLast(({ entry }) => entry.part <= part) ?? before
    behind = sampled.find(({ entry }) => entry.part > part) ?? behind
    if (before.at > behind.at) return null
  }
  return before.end === behind.at ? { before: before.entry, behind: behind.entry } : null
}

/** Position in the archive at which an entry's data ends; null unless its local header has been checked. */
async function checkHeader(
  { parts }: Archive,
  entry: ArchiveEntry,
  signal?: AbortSignal,
): Promise<number | null> {
  if (entry.problem === 'outside')
    throw new UserError(
      `${parts.source(Math.min(entry.part, parts.sources.length - 1)).name}: too short for "${entry.name}"; it is truncated or from another archive`,
    )
  // An entry with a problem is never read; its name and sizes cannot be trusted.
  if (entry.problem) return null
  const { dataPosition } = await readPacked(parts, entry, 0, signal)
  return dataPosition + entry.compressedBytes
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
