import { SIGNATURE, u32 } from '../archive/fields'
import { LOCAL_BYTES } from '../archive/local-header'
import type { Copy } from './copy.node.ts'
import type { Layout } from './find-layout.node.ts'
import { parseLocal } from './local'
import type { DirectoryRecord } from './records.node.ts'
import type { Survey } from './survey.node.ts'

const DATA_DESCRIPTOR = 0x0008

/** Data descriptors, the usual length first. */
const DESCRIPTORS = [16, 12, 24, 20]

/**
 * The sizes that parts must have, as far as the directory tells: the last entry of a part ends where the first
 * entry of the next part begins. The size of a part inside of an entry that spans several parts is what the
 * others leave.
 *
 * @param copy The parts with the sizes that their files have; 0 for parts that are missing.
 * @param extraBytes Bytes of extra fields in local headers, for headers that are missing; null if unknown.
 */
export async function provedSizes(
  copy: Copy,
  { count, end, lastBytes }: Layout,
  { edges, isOrdered }: Survey,
  extraBytes: number | null,
): Promise<number[]> {
  const sizes = copy.files.map(({ bytes }) => bytes)
  sizes[count - 1] = lastBytes
  if (!isOrdered) return sizes
  // The end record has been compared with the sizes of the parts in which the directory lies.
  for (let part = 0; part < end.directory.part; part++) {
    const last = await chosen(copy, (edges.get(part)?.last ?? []).toReversed(), extraBytes, -1)
    if (!last) continue
    // The next part in which an entry or the directory begins.
    let next = part + 1
    while (next < end.directory.part && !edges.has(next)) next++
    const follower = await chosen(copy, edges.get(next)?.first ?? [], extraBytes, 1)
    const first = edges.has(next) ? follower?.entry.offset : end.directory.offset
    // A damaged record between the two hides an entry. A file that is obviously too short is measured all the same.
    const isNext = !follower || follower.start === last.end
    if (!isNext && last.entry.offset < (sizes[part] ?? 0)) continue
    const bytes = await extentBytes(copy, last, extraBytes)
    if (bytes === null || first === undefined) continue
    const descriptors = (last.flags & DATA_DESCRIPTOR) === 0 ? [0] : DESCRIPTORS
    const total = last.entry.offset + bytes - first
    const between = sizes.slice(part, next)
    const sum = between.reduce((a, b) => a + b, 0)
    if (descriptors.some(length => total + length === sum)) continue
    const odd = between.length === 1 ? 0 : between.indexOf(0)
    if (odd < 0) continue
    const size = total + (descriptors[0] ?? 0) - (sum - (between[odd] ?? 0))
    if (size >= 0) sizes[part + odd] = size
  }
  return sizes
}

/**
 * The first of some neighbouring records whose header is at its place, or that fits the next of them.
 *
 * @param direction 1 if the records are in the order of the directory, -1 if they are reversed.
 */
async function chosen(
  copy: Copy,
  records: readonly DirectoryRecord[],
  extraBytes: number | null,
  direction: 1 | -1,
): Promise<DirectoryRecord | undefined> {
  for (const [i, record] of records.entries()) {
    if (await headerAt(copy, record)) return record
    const neighbour = records[i + 1]
    if (!neighbour) continue
    const [before, after] = direction === 1 ? [record, neighbour] : [neighbour, record]
    const bytes = await extentBytes(copy, before, extraBytes)
    const gap = after.entry.offset - before.entry.offset - (bytes ?? Number.NaN)
    if (gap === 0 || DESCRIPTORS.includes(gap)) return record
  }
  return undefined
}

/** Bytes of an entry from its header to the end of its data; null if that is not known. */
async function extentBytes(
  copy: Copy,
  record: DirectoryRecord,
  extraBytes: number | null,
): Promise<number | null> {
  const { entry, name } = record
  const header = await headerAt(copy, record)
  if (header !== null) return header + entry.compressedBytes
  return extraBytes === null ? null : LOCAL_BYTES + name.length + extraBytes + entry.compressedBytes
}

/** Bytes of the local header of an entry; null if it is not where the directory lists it. */
async function headerAt(copy: Copy, { entry, name }: DirectoryRecord): Promise<number | null> {
  if (!copy.parts.has(entry)) return null
  const start = copy.parts.position(entry)
  const end = start + LOCAL_BYTES + name.length
  if (end > copy.parts.size) return null
  const bytes = await copy.read({ start, end })
  const local = parseLocal(bytes)
  const isHere =
    u32(bytes, 0) === SIGNATURE.local &&
    local.nameBytes === name.length &&
    name.every((byte, i) => byte === bytes[LOCAL_BYTES + i])
  return isHere ? local.length : null
}
