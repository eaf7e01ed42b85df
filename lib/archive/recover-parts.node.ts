import { UserError } from '../errors'
import type { ByteSource } from './byte-source'
import type { ArchiveEntry } from './entry'
import { SIGNATURE, u16, u32 } from './fields'
import type { MovedEnd } from './find-end'
import { sliceSource } from './joined-source'
import { LOCAL_BYTES, localLength, sameName } from './local-header'
import { Parts } from './parts'
import {
  type Directory,
  SAMPLE_BYTES,
  type SampledEntry,
  sampleDirectory,
} from './sample-directory.node.ts'

/** Bytes after an entry's data that are searched for the next local header: room for a data descriptor. */
const SEARCHED_BYTES = 64 << 10

/** Bytes at the start of joined parts that are searched for the first local header: room for a program in front. */
const FRONT_BYTES = 1 << 20

/** Maximum reads of the directory per part; a binary search in 2^40 bytes needs fewer. */
const MAX_LOOKS = 64

/**
 * The parts of an archive whose bytes are not where its addresses say:
 *
 * - a single archive with bytes in front that its offsets do not count, such as a program: the part begins behind them;
 * - the parts of a split archive joined into one file, as `cat` does. Addresses still are <part, offset in part>, and
 *   no record tells the sizes of the parts. They follow from the local headers: the first entry of a part lies behind
 *   the last entry of the part before, and its offset tells where its part begins.
 *
 * @returns Null for a single archive whose entries do not lie behind the bytes in front either.
 * @throws JoinedPartsError if joined parts are not all parts in their order.
 */
export async function recoverParts(
  file: ByteSource,
  moved: MovedEnd,
  signal?: AbortSignal,
): Promise<Parts | null> {
  const { end, directoryAt } = moved
  const directory: Directory = {
    parts: new Parts([file]),
    directory: { part: 0, offset: directoryAt },
    directoryBytes: end.directoryBytes,
  }
  if (end.lastPart > 0) return cutJoined(file, directory, moved, signal)
  const start = directoryAt - end.directory.offset
  const [first] = await sampleDirectory(directory, 0, SAMPLE_BYTES, signal)
  if (!first || !(await isEntryAt(file, first.entry, start + first.entry.offset, signal)))
    return null
  return new Parts([sliceSource(file, start)])
}

async function cutJoined(
  file: ByteSource,
  directory: Directory,
  moved: MovedEnd,
  signal?: AbortSignal,
): Promise<Parts> {
  const starts = await findStarts(file, directory, moved, signal)
  const nameOf = partNamer(file.name)
  return new Parts(
    starts.map((start, part) => {
      const next = starts[part + 1] ?? file.size
      return sliceSource(file, start, next - start, nameOf(part, starts.length))
    }),
  )
}

/** Where each part begins in the joined file. A part in which nothing begins has no bytes of its own. */
async function findStarts(
  file: ByteSource,
  directory: Directory,
  { end, directoryAt, zip64 }: MovedEnd,
  signal?: AbortSignal,
): Promise<number[]> {
  const { directoryBytes } = directory
  const known = new Map<number, number>()
  if (zip64) known.set(zip64.part, zip64.at - zip64.offset)
  known.set(end.directory.part, directoryAt - end.directory.offset)
  const tailAt = Math.max(0, directoryBytes - SAMPLE_BYTES)
  const [head, tail] = await Promise.all([
    sampleDirectory(directory, 0, SAMPLE_BYTES, signal),
    sampleDirectory(directory, tailAt, SAMPLE_BYTES, signal),
  ])
  const [first, last] = [head[0], tail.at(-1)]
  if (!first || !last) throw notJoined(file, 'its directory is damaged')
  const start = await findFirst(file, first.entry, signal)
  if (start === null) throw notJoined(file, `"${first.entry.name}" is not at the start`)
  known.set(0, start)
  for (let at = first; at.entry.part < last.entry.part; ) {
    const pair = await neighbours(directory, at.entry.part, at, last, signal)
    const start = known.get(at.entry.part)
    if (!pair || start === undefined)
      throw notJoined(file, `the end of part ${at.entry.part + 1} cannot be found`)
    const { before, behind } = { before: pair.before.entry, behind: pair.behind.entry }
    const found = await nextEntryAt(file, before, start + before.offset, behind, signal)
    if (found === null)
      throw notJoined(
        file,
        `"${behind.name}" of part ${behind.part + 1} does not follow "${before.name}" of part ${before.part + 1}`,
      )
    known.set(behind.part, found - behind.offset)
    at = pair.behind
  }
  const starts: number[] = []
  let next = file.size
  for (let part = end.lastPart; part >= 0; part--) {
    const start = known.get(part) ?? next
    if (start < 0 || start > next)
      throw notJoined(file, `part ${part + 1} would begin at byte ${start} of ${file.size}`)
    starts.unshift(start)
    next = start
  }
  return starts
}

/** Where the first part begins: at the start of the file, or behind bytes in front; null if its first entry is not there. */
async function findFirst(
  file: ByteSource,
  { name, part, offset }: ArchiveEntry,
  signal?: AbortSignal,
): Promise<number | null> {
  if (part !== 0) return null
  const bytes = await file.read(0, Math.min(FRONT_BYTES, file.size), signal)
  const at = headerOf(bytes, name, offset)
  return at === null ? null : at - offset
}

/** The last entry of a part and the first one behind it, by a binary search in the directory; null if not found. */
async function neighbours(
  directory: Directory,
  part: number,
  first: SampledEntry,
  last: SampledEntry,
  signal?: AbortSignal,
): Promise<{ before: SampledEntry; behind: SampledEntry } | null> {
  let [before, behind] = [first, last]
  for (let look = 0; look < MAX_LOOKS && before.end < behind.at; look++) {
    const gap = behind.at - before.end
    const length = Math.min(gap, SAMPLE_BYTES)
    const from = before.end + (gap === length ? 0 : Math.floor((gap - length) / 2))
    const sampled = await sampleDirectory(directory, from, length, signal)
    if (sampled.length === 0) return null
    before = sampled.findLast(({ entry }) => entry.part <= part) ?? before
    behind = sampled.find(({ entry }) => entry.part > part) ?? behind
    if (before.at > behind.at) return null
  }
  return before.end === behind.at ? { before, behind } : null
}

/** Where the local header of `next` is, behind the data of `entry` at `at`; null if it is not there. */
async function nextEntryAt(
  file: ByteSource,
  entry: ArchiveEntry,
  at: number,
  next: ArchiveEntry,
  signal?: AbortSignal,
): Promise<number | null> {
  if (!(await isEntryAt(file, entry, at, signal))) return null
  const from = at + localLength(await file.read(at, LOCAL_BYTES, signal)) + entry.compressedBytes
  if (from >= file.size) return null
  const bytes = await file.read(from, Math.min(SEARCHED_BYTES, file.size - from), signal)
  const found = headerOf(bytes, next.name)
  return found === null ? null : from + found
}

/** Where the local header of a name is in some bytes, from an offset on. */
function headerOf(bytes: Uint8Array, name: string, from = 0): number | null {
  for (let at = from; at + LOCAL_BYTES <= bytes.length; at++) {
    if (bytes[at] !== 0x50 || u32(bytes, at) !== SIGNATURE.local) continue
    if (sameName(bytes.subarray(at), name)) return at
  }
  return null
}

async function isEntryAt(
  file: ByteSource,
  { name }: ArchiveEntry,
  at: number,
  signal?: AbortSignal,
): Promise<boolean> {
  if (at < 0 || at + LOCAL_BYTES > file.size) return false
  const head = await file.read(at, LOCAL_BYTES, signal)
  if (u32(head, 0) !== SIGNATURE.local) return false
  const length = Math.min(LOCAL_BYTES + u16(head, 26), file.size - at)
  return sameName(await file.read(at, length, signal), name)
}

/** Names of the parts as they were before they were joined, so that their facts are those of the split archive. */
const partNamer = (name: string) => (part: number, count: number) => {
  const [, stem = name, letter = 'z'] = /^(.*)\.(z)ip$/is.exec(name) ?? []
  return part === count - 1 ? name : `${stem}.${letter}${String(part + 1).padStart(2, '0')}`
}

/** Joined parts that are not all parts in their order. */
export class JoinedPartsError extends UserError {}

const notJoined = ({ name }: ByteSource, why: string) =>
  new JoinedPartsError(
    `${name}: the parts of a split archive joined into one file (as cat does), but not all of them in their order: ${why}; give the .zip with its parts (.z01, .z02, …) beside it, or rebuild the file with: zip -FF ${JSON.stringify(name)} --out mended.zip`,
  )
