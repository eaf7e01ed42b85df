import { u32, u64 } from '../archive/fields'
import { LOCAL_BYTES } from '../archive/local-header'
import type { Copy } from './copy.node.ts'
import { type Numbers, same } from './local'
import type { Range } from './ranges'
import type { DirectoryRecord, PlacedEntry } from './records.node.ts'

const DESCRIPTOR_SIGNATURE = 0x08074b50
const DATA_DESCRIPTOR = 0x0008
/** Descriptors have a signature or not, and sizes of 4 or 8 bytes. */
const DESCRIPTOR_BYTES = [12, 16, 20, 24]

/** Bytes of the data descriptor of an entry, of the bytes between its data and the next entry; 0 without one. */
export function descriptorBytes({ flags }: DirectoryRecord, room: number): number {
  if ((flags & DATA_DESCRIPTOR) === 0) return 0
  return DESCRIPTOR_BYTES.includes(room) ? room : Math.min(16, room)
}

/** The numbers of a data descriptor, but for the method; null if the bytes are none. */
function parseDescriptor(bytes: Uint8Array): Omit<Numbers, 'method'> | null {
  const hasSignature = bytes.length === 16 || bytes.length === 24
  if (hasSignature && u32(bytes, 0) !== DESCRIPTOR_SIGNATURE) return null
  const at = hasSignature ? 4 : 0
  if (bytes.length - at === 12)
    return {
      crc32: u32(bytes, at),
      compressedBytes: u32(bytes, at + 4),
      bytes: u32(bytes, at + 8),
    }
  return bytes.length - at === 20
    ? { crc32: u32(bytes, at), compressedBytes: u64(bytes, at + 4), bytes: u64(bytes, at + 12) }
    : null
}

/** Whether the data descriptor of an entry, if it has one, differs from the directory. */
export async function descriptorIsWrong(
  copy: Copy,
  descriptor: Range,
  listed: Numbers,
): Promise<boolean> {
  if (descriptor.end === descriptor.start) return false
  const found = parseDescriptor(await copy.read(descriptor))
  return found === null || !same({ ...found, method: listed.method }, listed)
}

/** The numbers of the data descriptor that ends where the next entry begins; null without one. */
export async function describedNumbers(
  copy: Copy,
  { record, start, bound }: PlacedEntry,
): Promise<Numbers | null> {
  if ((record.flags & DATA_DESCRIPTOR) === 0) return null
  for (const length of [16, 24, 12]) {
    if (bound - length < start + LOCAL_BYTES) continue
    const found = parseDescriptor(await copy.read({ start: bound - length, end: bound }))
    if (found && found.compressedBytes <= bound - length - start)
      return { ...found, method: record.entry.method }
  }
  return null
}
