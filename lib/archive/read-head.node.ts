import { constants, inflateRawSync } from 'node:zlib'
import type { Archive } from './archive'
import { type NamedLocator, STORED } from './entry'
import { readEntry } from './read-entry.node.ts'
import { readPacked } from './read-packed'
import { checkLocator } from './unpack.node.ts'

/** Packed bytes that contain the first few bytes of any file; the code tables of deflated data precede them. */
const PACKED_HEAD = 1024

/** Maximum bytes of an entry that is read completely because `PACKED_HEAD` was not enough. */
const WHOLE_BYTES = 64 << 20

/**
 * Reads the first bytes of one entry, or all bytes of a shorter entry. The local header is checked; the
 * CRC-32 cannot be, because it is that of all bytes.
 *
 * @param bytes How many; a few.
 * @throws EntryError that names part and entry if it cannot be read; as `ByteSource.read`.
 */
export async function readHead(
  archive: Archive,
  entry: NamedLocator,
  bytes: number,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const { parts } = archive
  checkLocator(entry, parts)
  const isStored = entry.method === STORED
  const wanted = Math.min(entry.compressedBytes, isStored ? bytes : PACKED_HEAD + bytes)
  const { data } = await readPacked(parts, entry, wanted, signal)
  const head = isStored ? data : inflated(data)
  if (head.length >= Math.min(bytes, entry.bytes)) return head.slice(0, bytes)
  const whole = await readEntry(archive, entry, {
    maxBytes: WHOLE_BYTES,
    ...(signal && { signal }),
  })
  return whole.slice(0, bytes)
}

/** The unpacked bytes of the start of packed data; empty if that is damaged. */
function inflated(packed: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(packed, {
      finishFlush: constants.Z_SYNC_FLUSH,
      // A kilobyte cannot unpack to more.
      maxOutputLength: 2048 * (PACKED_HEAD + 64),
    })
  } catch {
    return new Uint8Array(0)
  }
}
