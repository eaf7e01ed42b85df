import { type ArchiveEntry, DEFLATED, STORED } from './entry'
import { type EntryProblem, isPlainName, nameProblem } from './entry-problems'
import { ENCRYPTED, IN_ZIP64_16, IN_ZIP64_32, SIGNATURE, u16, u32, u64, zip64At } from './fields'
import { packedLimit } from './packed-limit'
import type { Parts } from './parts'

/** Bytes of an entry in the directory before its name. */
export const CENTRAL_BYTES = 46

/** File type of Unix in the upper half of the external attributes. */
const TYPE_MASK = 0o170000
const ORDINARY = new Set([0o100000, 0o040000, 0])
/** Systems whose external attributes hold a Unix mode: Unix and macOS. */
const UNIX_HOSTS = new Set([3, 19])

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Length of the directory entry at `at`, or null if its bytes do not begin like one.
 *
 * @param bytes Holds at least `CENTRAL_BYTES` from `at` on.
 */
export function entryLength(bytes: Uint8Array, at: number): number | null {
  if (u32(bytes, at) !== SIGNATURE.central) return null
  return CENTRAL_BYTES + u16(bytes, at + 28) + u16(bytes, at + 30) + u16(bytes, at + 32)
}

/**
 * The directory entry at `at`; all of its bytes must be there (`entryLength`). If something is wrong with it,
 * it has a `problem`, and its numbers must not be trusted.
 */
export function parseEntry(bytes: Buffer, at: number, parts: Parts): ArchiveEntry {
  const flags = u16(bytes, at + 8)
  const method = u16(bytes, at + 10)
  const crc32 = u32(bytes, at + 16)
  let compressedBytes = u32(bytes, at + 20)
  let size = u32(bytes, at + 24)
  const nameEnd = at + CENTRAL_BYTES + u16(bytes, at + 28)
  let part = u16(bytes, at + 34)
  let offset = u32(bytes, at + 42)
  let problem: EntryProblem | null = null

  // Numbers that are too large for their fields are in the Zip64 extra field, in this order.
  const wideSize = size === IN_ZIP64_32
  const widePacked = compressedBytes === IN_ZIP64_32
  const wideOffset = offset === IN_ZIP64_32
  const widePart = part === IN_ZIP64_16
  if (wideSize || widePacked || wideOffset || widePart) {
    const wanted =
      8 * (Number(wideSize) + Number(widePacked) + Number(wideOffset)) + 4 * Number(widePart)
    let from = zip64At(bytes, nameEnd, nameEnd + u16(bytes, at + 30), wanted)
    if (from < 0) problem = 'sizes'
    else {
      if (wideSize) {
        size = u64(bytes, from)
        from += 8
      }
      if (widePacked) {
        compressedBytes = u64(bytes, from)
        from += 8
      }
      if (wideOffset) {
        offset = u64(bytes, from)
        from += 8
      }
      if (widePart) part = u32(bytes, from)
    }
  }

  let name: string
  let isFolder: boolean
  if (isPlainName(bytes, at + CENTRAL_BYTES, nameEnd)) {
    name = bytes.toString('latin1', at + CENTRAL_BYTES, nameEnd)
    isFolder = bytes[nameEnd - 1] === 0x2f
  } else {
    const decoded = decodeName(bytes.subarray(at + CENTRAL_BYTES, nameEnd))
    name = decoded.name
    isFolder = name.endsWith('/')
    problem ??= decoded.problem
  }

  const host = bytes[at + 5] as number
  const mode = u16(bytes, at + 40)
  if (flags & ENCRYPTED) problem ??= 'encrypted'
  else if (method !== STORED && method !== DEFLATED) problem ??= 'method'
  else if (UNIX_HOSTS.has(host) && !ORDINARY.has(mode & TYPE_MASK)) problem ??= 'special'
  else if (method === STORED ? size !== compressedBytes : compressedBytes > packedLimit(size))
    problem ??= 'sizes'
  else if (isFolder && size > 0) problem ??= 'sizes'
  else if (!fits(parts, part, offset, nameEnd - at - CENTRAL_BYTES + compressedBytes))
    problem ??= 'outside'
  return { name, part, offset, compressedBytes, bytes: size, method, crc32, isFolder, problem }
}

/** Whether the header's part and offset exist, and header, name and data end before the archive does. */
function fits(parts: Parts, part: number, offset: number, length: number): boolean {
  const start = parts.starts[part]
  const next = parts.starts[part + 1]
  return (
    start !== undefined &&
    next !== undefined &&
    start + offset <= next &&
    start + offset + 30 + length <= parts.size
  )
}

/**
 * Decodes a name as UTF-8, even without the UTF-8 flag, as Unix writes it. Other bytes are a problem. Backslashes are
 * read as slashes, because PowerShell's Compress-Archive wrote them so; the result is checked like any name.
 */
function decodeName(bytes: Uint8Array): Pick<ArchiveEntry, 'name' | 'problem'> {
  try {
    const name = utf8.decode(bytes).replaceAll('\\', '/')
    return { name, problem: nameProblem(name) }
  } catch {
    return { name: Buffer.from(bytes).toString('latin1'), problem: 'not-utf8' }
  }
}
