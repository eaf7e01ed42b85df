import { IN_ZIP64_16, IN_ZIP64_32, SIGNATURE, u16, u32, u64 } from './fields'
import type { Place } from './parts'

/** Bytes of the end record without the archive's comment, whose length is its last field. */
export const END_BYTES = 22
const LOCATOR_BYTES = 20
/** Bytes of the Zip64 end record; extensible data may follow. */
export const ZIP64_END_BYTES = 56

/** Maximum bytes of the end of an archive without the Zip64 record: locator, end record, comment. */
export const TAIL_BYTES = LOCATOR_BYTES + END_BYTES + 0xffff

/** The end record of an archive, not yet checked against the parts. */
export interface EndRecord {
  /** Index of the part that holds the end record: the number of parts minus one. */
  readonly lastPart: number
  /** Where the directory begins. */
  readonly directory: Place
  readonly directoryBytes: number
  readonly entries: number
}

/** A possible end record in the last bytes of an archive. */
export interface EndCandidate extends EndRecord {
  /** Offset of the end record within the tail. */
  readonly at: number
  /** Where the Zip64 end record is, which replaces these numbers; null without a Zip64 locator. */
  readonly zip64: (Place & { readonly parts: number; readonly locatorAt: number }) | null
  /** Whether a number is only in the Zip64 record. */
  readonly needsZip64: boolean
}

/**
 * All end records whose comment ends exactly at the end of the tail, the last record first. If there are
 * several, a comment contains bytes that look like an end record.
 *
 * @param tail The last `TAIL_BYTES` of the last part, or the whole part if it is shorter.
 * @param mayEndBefore Whether other bytes may follow the comment.
 */
export function* endCandidates(tail: Uint8Array, mayEndBefore = false): Generator<EndCandidate> {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || u32(tail, at) !== SIGNATURE.end) continue
    const left = tail.length - (at + END_BYTES + u16(tail, at + 20))
    if (left < 0 || (left > 0 && !mayEndBefore)) continue
    const numbers16 = [4, 6, 8, 10].map(offset => u16(tail, at + offset))
    const [lastPart = 0, directoryPart = 0, , entries = 0] = numbers16
    const [directoryBytes, offset] = [u32(tail, at + 12), u32(tail, at + 16)]
    yield {
      at,
      lastPart,
      directory: { part: directoryPart, offset },
      directoryBytes,
      entries,
      zip64: zip64Locator(tail, at - LOCATOR_BYTES),
      needsZip64:
        numbers16.includes(IN_ZIP64_16) || directoryBytes === IN_ZIP64_32 || offset === IN_ZIP64_32,
    }
  }
}

function zip64Locator(tail: Uint8Array, at: number): EndCandidate['zip64'] {
  if (at < 0 || u32(tail, at) !== SIGNATURE.zip64Locator) return null
  return {
    part: u32(tail, at + 4),
    offset: u64(tail, at + 8),
    parts: u32(tail, at + 16),
    locatorAt: at,
  }
}

/**
 * Find the Zip64 end record that lies directly before its locator, wherever the locator says that it is.
 *
 * @param locatorAt Offset of the locator in the tail.
 * @returns Offset of the record in the tail; null if it is not in the tail.
 */
export function zip64EndBefore(tail: Uint8Array, locatorAt: number): number | null {
  for (let at = locatorAt - ZIP64_END_BYTES; at >= 0; at--)
    if (tail[at] === 0x50 && u32(tail, at) === SIGNATURE.zip64End)
      if (at + 12 + u64(tail, at + 4) === locatorAt) return at
  return null
}

/**
 * Read a Zip64 end record.
 *
 * @param bytes Its first `ZIP64_END_BYTES`.
 * @returns Null if the bytes are not a Zip64 end record.
 */
export function parseZip64End(bytes: Uint8Array): EndRecord | null {
  if (bytes.length < ZIP64_END_BYTES || u32(bytes, 0) !== SIGNATURE.zip64End) return null
  return {
    lastPart: u32(bytes, 16),
    directory: { part: u32(bytes, 20), offset: u64(bytes, 48) },
    directoryBytes: u64(bytes, 40),
    entries: u64(bytes, 32),
  }
}
