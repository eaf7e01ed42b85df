import { UserError } from '../errors'
import { formatCount } from '../format'
import { fileName } from './archive'
import type { ByteSource } from './byte-source'
import {
  END_BYTES,
  type EndCandidate,
  type EndRecord,
  endCandidates,
  parseZip64End,
  TAIL_BYTES,
  ZIP64_END_BYTES,
  zip64EndBefore,
} from './end-record'
import { IN_ZIP64_16, IN_ZIP64_32, SIGNATURE, u16, u32, u64 } from './fields'
import { Parts, type Place } from './parts'

/** Minimum bytes of an entry in the directory. */
const LEAST_ENTRY = 46

/** More candidates only occur in a comment that was made to look like many end records. */
const MAX_CANDIDATES = 8

const MAX_PARTS = 0xffff

/**
 * The parts of an archive, and the directory according to the end record, checked against the sizes of the parts.
 */
export interface FoundEnd {
  readonly parts: Parts
  readonly end: EndRecord
  /** Whether the parts were found by `recover`; sizes of parts in which nothing begins are then unknown. */
  readonly isRecovered: boolean
  /** Bytes of the last file up to the end of the archive's comment; the file may have others behind. */
  readonly lastBytes: number
}

/** An end record whose directory lies directly before it, but not where the record says. */
export interface MovedEnd {
  readonly end: EndRecord
  /** Where the directory is in the file. */
  readonly directoryAt: number
  /** Where the Zip64 record is in the file, and where the end says that it is; null without one. */
  readonly zip64: (Place & { readonly at: number }) | null
}

/** How `findEnd` gets at parts. */
export interface PartOpener {
  /** Opens all parts but the last, given the number of parts. */
  openOthers(count: number): Promise<ByteSource[]>
  /** As `recoverParts`. */
  recover(file: ByteSource, moved: MovedEnd, signal?: AbortSignal): Promise<Parts | null>
}

/** Bytes at the end of a file that are searched for an end record with other bytes behind it. */
const SEARCHED_BYTES = 1 << 20

/**
 * Finds the end record of an archive, in the last part, and the directory that it points to. Bytes in the
 * comment may look like an end record; the real record points to a directory that ends where the record
 * begins. Bytes in front of the archive, or parts joined into one file, are recognized by a directory that lies
 * directly before the end record; bytes behind the end are skipped, if nothing else is wrong.
 *
 * @throws UserError if there is no end record, if it is wrong, or if two records fit.
 */
export async function findEnd(
  last: ByteSource,
  opener: PartOpener,
  signal?: AbortSignal,
): Promise<FoundEnd> {
  const tail = await tailOf(last, TAIL_BYTES, signal)
  const candidates = [...take(endCandidates(tail), MAX_CANDIDATES + 1)]
  if (candidates.length === 0) return endBeforeOthers(last, tail, opener, signal)
  if (candidates.length > MAX_CANDIDATES)
    throw new UserError(
      `${last.name}: has several end records in the archive comment; it is not safe to read`,
    )
  const found: FoundEnd[] = []
  let refused: unknown
  for (const candidate of candidates) {
    try {
      const moved = await movedEnd(candidate, last, tail, signal)
      const parts = moved && (await opener.recover(last, moved, signal))
      found.push(
        parts
          ? { parts, end: moved.end, isRecovered: true, lastBytes: last.size }
          : await settle(candidate, last, tail, opener, signal),
      )
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      // The comment follows the real end record, so the error of the first record in the file is reported.
      refused = error
    }
  }
  const [only] = found
  if (!only) throw refused
  if (found.length > 1)
    throw new UserError(
      `${last.name}: two end records point to different directories; it is not safe to read`,
    )
  return only
}

const tailOf = (source: ByteSource, bytes: number, signal?: AbortSignal) =>
  source.read(Math.max(0, source.size - bytes), Math.min(source.size, bytes), signal)

/** The end of an archive with other bytes behind it, such as zeros. Everything else must be where it should be. */
async function endBeforeOthers(
  last: ByteSource,
  tail: Uint8Array,
  opener: PartOpener,
  signal?: AbortSignal,
): Promise<FoundEnd> {
  const wide = await tailOf(last, SEARCHED_BYTES, signal)
  for (const candidate of take(endCandidates(wide, true), MAX_CANDIDATES))
    try {
      return await settle(candidate, last, wide, opener, signal)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  throw new UserError(`${last.name}: ${noEnd(tail)}`)
}

/** A candidate whose directory is directly before it, but not where it says; null for any other. */
async function movedEnd(
  candidate: EndCandidate,
  last: ByteSource,
  tail: Uint8Array,
  signal?: AbortSignal,
): Promise<MovedEnd | null> {
  const { zip64: locator } = candidate
  const tailAt = last.size - tail.length
  const recordAt = locator && zip64EndBefore(tail, locator.locatorAt)
  if (locator && recordAt === null) return null
  const record = recordAt === null ? candidate : parseZip64End(tail.subarray(recordAt))
  if (!record || !agree(candidate, record)) return null
  const { directory, directoryBytes, entries, lastPart } = record
  if (lastPart + 1 !== ((locator?.parts ?? lastPart + 1) || 1)) return null
  const directoryAt = tailAt + (recordAt ?? candidate.at) - directoryBytes
  const shift = directoryAt - directory.offset
  if (entries === 0 || entries * LEAST_ENTRY > directoryBytes || directoryAt < 0) return null
  if (lastPart >= last.size || (lastPart === 0 && shift < 0)) return null
  if (directory.part > lastPart || (directory.part === lastPart && shift === 0)) return null
  const zip64 = locator && { ...locator, at: tailAt + (recordAt ?? 0) }
  if (lastPart === 0 && zip64 && zip64.at - zip64.offset !== shift) return null
  if (zip64 && zip64.part > lastPart) return null
  if (u32(await last.read(directoryAt, 4, signal), 0) !== SIGNATURE.central) return null
  return { end: record, directoryAt, zip64 }
}

async function settle(
  candidate: EndCandidate,
  last: ByteSource,
  tail: Uint8Array,
  { openOthers }: PartOpener,
  signal?: AbortSignal,
): Promise<FoundEnd> {
  const lie = (what: string) =>
    new UserError(`${last.name}: the end of the archive is damaged: ${what}`)
  const { zip64, needsZip64 } = candidate
  if (needsZip64 && !zip64) throw lie('its Zip64 record is missing')
  const count = (zip64?.parts ?? candidate.lastPart + 1) || 1
  if (count > MAX_PARTS) throw lie(`it states ${formatCount(count)} parts`)
  const parts = new Parts([...(count > 1 ? await openOthers(count) : []), last])
  const tailPosition = parts.size - tail.length
  let end: EndRecord = candidate
  let endPosition = tailPosition + candidate.at
  if (zip64) {
    const locatorPosition = tailPosition + zip64.locatorAt
    endPosition = parts.position(zip64)
    if (!parts.has(zip64) || endPosition + ZIP64_END_BYTES > locatorPosition)
      throw lie('its Zip64 record is outside the archive')
    const bytes = await parts.read(zip64, ZIP64_END_BYTES, signal)
    const record = parseZip64End(bytes)
    if (!record || endPosition + 12 + u64(bytes, 4) !== locatorPosition)
      throw lie('its Zip64 record is not at the stated offset')
    if (!agree(candidate, record)) throw lie('its Zip64 record contradicts it')
    end = record
  }
  const { directory, directoryBytes, entries } = end
  if (end.lastPart !== count - 1) throw lie(`it belongs to part ${end.lastPart + 1}, of ${count}`)
  if (entries * LEAST_ENTRY > directoryBytes || (entries === 0 && directoryBytes > 0))
    throw lie(`${formatCount(entries)} entries cannot be in ${formatCount(directoryBytes)} bytes`)
  if (!parts.has(directory) || parts.position(directory) + directoryBytes !== endPosition)
    throw lie(
      `the directory (${formatCount(directoryBytes)} bytes at ${formatCount(directory.offset)} of part ${directory.part + 1}) does not end where the end record begins; is ${suspects(parts, directory.part)} truncated or from another archive?`,
    )
  if (entries > 0 && u32(await parts.read(directory, 4, signal), 0) !== SIGNATURE.central)
    throw lie(`${parts.source(directory.part).name} has no directory at ${directory.offset}`)
  const recordEnd = candidate.at + END_BYTES + u16(tail, candidate.at + END_BYTES - 2)
  return { parts, end, isRecovered: false, lastBytes: last.size - tail.length + recordEnd }
}

/** Whether two records agree in all numbers that fit the fields of the first. */
function agree(a: EndRecord, b: EndRecord): boolean {
  const same = (x: number, y: number, full: number) => x === full || x === y
  return (
    same(a.lastPart, b.lastPart, IN_ZIP64_16) &&
    same(a.directory.part, b.directory.part, IN_ZIP64_16) &&
    same(a.entries, b.entries, IN_ZIP64_16) &&
    same(a.directoryBytes, b.directoryBytes, IN_ZIP64_32) &&
    same(a.directory.offset, b.directory.offset, IN_ZIP64_32)
  )
}

/** Names of the parts that the directory lies in, if it begins where the end record says. */
function suspects({ sources }: Parts, first: number): string {
  const names = sources.slice(Math.min(first, sources.length - 1)).map(({ name }) => fileName(name))
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')
}

function noEnd(tail: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(tail.subarray(0, 64))
  if (/^\s*<|^version https:\/\/git-lfs/.test(text))
    return 'not a ZIP archive but a saved web page or pointer; download the file itself'
  return 'not a ZIP archive, or its end is missing; was the download cut?'
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return
  for (const item of items) {
    yield item
    if (--count <= 0) return
  }
}
