import { LOCAL_BYTES } from '../archive/local-header'
import { parseLocal } from './local'
import type { Copy } from './copy.node.ts'
import type { Layout } from './find-layout.node.ts'
import type { DirectoryRecord } from './records.node.ts'
import type { Survey } from './survey.node.ts'

const DATA_DESCRIPTOR = 0x0008

/**
 * The sizes that parts must have, as far as the directory proves them: the last entry of a part ends where
 * the first entry of the next part begins. The size of a part with damaged headers there, or inside of an
 * entry that spans several parts, stays as it is.
 *
 * @param copy The parts with the sizes that their files have.
 */
export async function provedSizes(
  copy: Copy,
  { count, end, lastBytes }: Layout,
  { edges, isOrdered }: Survey,
): Promise<number[]> {
  const sizes = copy.files.map(({ bytes }) => bytes)
  sizes[count - 1] = lastBytes
  if (!isOrdered) return sizes
  for (let part = 0; part < count - 1; part++) {
    const last = edges.get(part)?.last
    if (!last) continue
    const isDirectoryNext = end.directory.part === part + 1 && !edges.has(part + 1)
    const next = isDirectoryNext ? end.directory.offset : edges.get(part + 1)?.first.entry.offset
    const bytes = next === undefined ? null : await extentBytes(copy, last, sizes[part] ?? 0)
    // A file without the entry's header says nothing about its length.
    if (bytes === null || next === undefined) continue
    const size = last.entry.offset + bytes - next
    const descriptors = (last.flags & DATA_DESCRIPTOR) === 0 ? [0] : [16, 12, 24, 20]
    const possible = descriptors.map(length => size + length)
    if (possible.includes(sizes[part] ?? 0) || size < last.entry.offset || next > bytes) continue
    sizes[part] = possible[0] ?? size
  }
  return sizes
}

/** Bytes of an entry from its header to the end of its data; null if its header is damaged or not there. */
async function extentBytes(
  copy: Copy,
  { entry, name, extra }: DirectoryRecord,
  partBytes: number,
): Promise<number | null> {
  const room = LOCAL_BYTES + name.length + extra.length + 0x100
  const length = Math.min(room, partBytes - entry.offset)
  if (length < LOCAL_BYTES + name.length) return null
  const start = copy.parts.position(entry)
  const bytes = await copy.read({ start, end: start + length })
  const local = parseLocal(bytes)
  const isHere =
    bytes[0] === 0x50 &&
    bytes[1] === 0x4b &&
    local.nameBytes === name.length &&
    name.every((byte, i) => byte === bytes[LOCAL_BYTES + i])
  return isHere ? local.length + entry.compressedBytes : null
}
