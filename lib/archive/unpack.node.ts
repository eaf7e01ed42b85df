import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { formatCount } from '../format'
import { crc32 } from './crc32.node.ts'
import { DEFLATED, type NamedLocator, STORED } from './entry'
import { damaged, refused } from './entry-error'
import { ENTRY_PROBLEMS } from './entry-problems'
import { inflateInfo } from './inflate-info.node.ts'
import { packedLimit } from './packed-limit'
import type { Parts } from './parts'

/**
 * Unpacks the data of an entry and checks size and CRC-32 against the directory.
 *
 * @param packed All packed bytes.
 * @returns New bytes, or a view of `packed` for stored data.
 * @throws EntryError if the data is wrong. No more bytes are unpacked than the directory declares.
 */
export async function unpack(
  packed: Uint8Array,
  entry: NamedLocator,
  parts: Parts,
): Promise<Uint8Array> {
  if (packed.length < entry.compressedBytes) throw damaged(parts, entry, 'is cut off')
  const data = entry.method === STORED ? packed : await inflate(packed, entry, parts)
  checkData(data.length, crc32(data), entry, parts)
  return data
}

/** @throws EntryError unless the data has the size and CRC-32 of the entry. */
export function checkData(bytes: number, crc: number, entry: NamedLocator, parts: Parts): void {
  if (bytes !== entry.bytes)
    throw damaged(
      parts,
      entry,
      `has ${formatCount(bytes)} bytes, ${formatCount(entry.bytes)} expected`,
    )
  if (crc !== entry.crc32)
    throw damaged(parts, entry, 'is damaged (wrong CRC-32); download this part again')
}

/**
 * Called before bytes are read or allocated for an entry.
 *
 * @throws EntryError if the locator has a method or sizes that no entry can have.
 */
export function checkLocator(entry: NamedLocator, parts: Parts): void {
  const { method, bytes, compressedBytes } = entry
  if (method !== STORED && method !== DEFLATED) throw refused(parts, entry, ENTRY_PROBLEMS.method)
  if (method === STORED ? bytes !== compressedBytes : compressedBytes > packedLimit(bytes))
    throw refused(parts, entry, ENTRY_PROBLEMS.sizes)
  if (!parts.has(entry) || parts.position(entry) + compressedBytes > parts.size)
    throw refused(parts, entry, ENTRY_PROBLEMS.outside)
}

/** Up to so many packed bytes, inflating in this thread is quicker than in another one. */
const AT_ONCE_BYTES = 16 << 10

async function inflate(packed: Uint8Array, entry: NamedLocator, parts: Parts): Promise<Uint8Array> {
  const options: zlib.ZlibOptions = {
    // One byte more than declared is enough to see that there is too much.
    chunkSize: Math.max(64, entry.bytes + 1),
    maxOutputLength: Math.max(1, entry.bytes),
    info: true,
  }
  const isSmall = packed.length <= AT_ONCE_BYTES && entry.bytes <= 8 * AT_ONCE_BYTES
  try {
    const result = await (isSmall ? inflateRawSync : inflateRaw)(packed, options)
    const { buffer, engine } = inflateInfo(result)
    if (engine.bytesWritten !== packed.length) throw trailing(entry, parts)
    return buffer
  } catch (error) {
    throw inflateError(error, entry, parts)
  }
}

const { inflateRawSync } = zlib
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)

/** An error of the inflater as an `EntryError`; any other error unchanged. */
export function inflateError(error: unknown, entry: NamedLocator, parts: Parts): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLong(entry, parts)
  if (code?.startsWith('Z_'))
    return damaged(parts, entry, `is damaged (${message}); download this part again`, error)
  return error
}

export const tooLong = (entry: NamedLocator, parts: Parts) =>
  damaged(parts, entry, `expands to more than the expected ${formatCount(entry.bytes)} bytes`)

export const trailing = (entry: NamedLocator, parts: Parts) =>
  damaged(
    parts,
    entry,
    `has trailing data within its ${formatCount(entry.compressedBytes)} compressed bytes`,
  )
