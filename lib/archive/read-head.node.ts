import { constants, inflateRawSync } from 'node:zlib'
import type { Archive } from './archive'
import { type NamedLocator, STORED } from './entry'
import { readEntry } from './read-entry.node.ts'
import { readPacked } from './read-packed'
import { checkLocator } from './unpack.node.ts'

/** Packed bytes that hold the first few of any file: the codes of deflated data come before them. */
const PACKED_HEAD = 1024

/** Most bytes that an entry may have which is read whole because its packed head does not do. */
const WHOLE_BYTES = 64 << 20

/**
 * The first bytes of one entry, or all that a shorter one has. The local header must be the one of the
 * entry, but the CRC-32 of what is not read cannot be checked.
 *
 * @param bytes A few.
 * @throws EntryError naming part and entry if it cannot be read; what the parts throw.
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

/** What the first packed bytes unpack to; nothing if they are damaged. */
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
