import { SIGNATURE, u32 } from '../archive/fields'
import { LOCAL_BYTES } from '../archive/local-header'
import type { Copy } from './copy.node.ts'
import { digestAt } from './digest.node.ts'
import type { Finding } from './finding'
import { parseLocal } from './local'
import type { Range } from './ranges'

/** What split archives begin with: the marks of several parts, and of one part that could have been several. */
const SPLIT_MARKS = [0x08074b50, 0x30304b50]

/**
 * Checks bytes between entries: the mark at the start of a split archive, and entries whose records in the
 * directory are damaged, by the numbers of their headers.
 */
export async function checkGap(
  copy: Copy,
  gap: Range,
  options: {
    readonly broken: readonly Range[]
    readonly onFinding: (finding: Finding) => void
  },
): Promise<void> {
  const { broken, onFinding } = options
  const lacking = copy.lacking(gap)
  if (lacking.length > 0) onFinding({ damage: 'missing', name: null, ranges: lacking })
  if (gap.start === 0 && gap.end >= 4 && copy.parts.sources.length > 1 && lacking.length === 0) {
    const mark = u32(await copy.read({ start: 0, end: 4 }), 0)
    if (!SPLIT_MARKS.includes(mark))
      onFinding({ damage: 'gap', name: null, ranges: [{ start: 0, end: 4 }] })
  }
  for (let at = gap.start; at + LOCAL_BYTES <= gap.end; ) {
    const head = await copy.read({ start: at, end: Math.min(gap.end, at + 0x10000) })
    if (u32(head, 0) !== SIGNATURE.local) return
    const { length, numbers, nameBytes } = parseLocal(head)
    const end = at + length + (numbers?.compressedBytes ?? 0)
    if (!numbers || end > gap.end) return
    const name = new TextDecoder().decode(head.subarray(LOCAL_BYTES, LOCAL_BYTES + nameBytes))
    const data = { start: at + length, end }
    const found = await digestAt(copy, data, numbers.method, numbers.bytes)
    if (found?.crc32 !== numbers.crc32) onFinding({ damage: 'data', name, ranges: [data] })
    else if (broken.length > 0) onFinding({ damage: 'directory', name, ranges: broken })
    at = end
  }
}
