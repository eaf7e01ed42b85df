import { IN_ZIP64_16, IN_ZIP64_32, SIGNATURE, u16, u32, u64 } from './fields'
import type { Place } from './parts'

const END_BYTES = 22
const LOCATOR_BYTES = 20
/** Of the Zip64 record; an extensible rest may follow. */
export const ZIP64_END_BYTES = 56

/** Longest end of an archive without its Zip64 record: locator, end record, comment. */
export const TAIL_BYTES = LOCATOR_BYTES + END_BYTES + 0xffff

/** What the end of an archive says of it: nothing of this is checked against the parts yet. */
export interface EndRecord {
  /** Number of the part that holds the end, from 0: one less than there are parts. */
  readonly lastPart: number
  /** Where the directory begins. */
  readonly directory: Place
  readonly directoryBytes: number
  readonly entries: number
}

/** An end record found in the last bytes of an archive. */
export interface EndCandidate extends EndRecord {
  /** Offset of the end record within the tail. */
  readonly at: number
  /** The Zip64 record that replaces these numbers, where there is a locator for one. */
  readonly zip64: (Place & { readonly parts: number; readonly locatorAt: number }) | null
  /** Whether a number is only in the Zip64 record. */
  readonly needsZip64: boolean
}

/**
 * All end records whose comment ends exactly where the tail does, the last one first. More than one
 * means that a comment holds what looks like an end record.
 *
 * @param tail Last bytes of the last part, `TAIL_BYTES` of them or the whole part.
 */
export function* endCandidates(tail: Uint8Array): Generator<EndCandidate> {
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail[at] !== 0x50 || u32(tail, at) !== SIGNATURE.end) continue
    if (at + END_BYTES + u16(tail, at + 20) !== tail.length) continue
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
 * The Zip64 end record.
 *
 * @param bytes `ZIP64_END_BYTES` of it.
 * @returns null unless it is one.
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
