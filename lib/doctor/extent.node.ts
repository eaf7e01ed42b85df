import { LOCAL_BYTES } from '../archive/local-header'
import { descriptorBytes } from './descriptor.node.ts'
import { differences, type Field, type LocalHeader, parseLocal } from './local'
import type { Range } from './ranges'
import type { PlacedEntry } from './records.node.ts'

const utf8 = new TextDecoder()

/** Where an entry lies, according to its header. */
export interface Extent {
  readonly local: LocalHeader
  readonly differs: ReadonlySet<Field>
  readonly header: Range
  readonly data: Range
  /** Empty without a data descriptor. */
  readonly descriptor: Range
  /** Name in the header if it differs from that in the directory. */
  readonly localName: string | null
}

/**
 * The extent of an entry; it ends at `bound` at the latest.
 *
 * @param head Bytes from its start to its data at least, or to `bound`.
 */
export function extentOf({ record, start, bound }: PlacedEntry, head: Uint8Array): Extent | null {
  if (head.length < LOCAL_BYTES) return null
  const local = parseLocal(head)
  const differs = differences(head, local, record)
  const dataAt = Math.min(start + local.length, bound)
  const dataEnd = Math.min(dataAt + record.entry.compressedBytes, bound)
  return {
    local,
    differs,
    header: { start, end: dataAt },
    data: { start: dataAt, end: dataEnd },
    descriptor: { start: dataEnd, end: dataEnd + descriptorBytes(record, bound - dataEnd) },
    localName: differs.has('name')
      ? utf8.decode(head.subarray(LOCAL_BYTES, LOCAL_BYTES + local.nameBytes))
      : null,
  }
}
