import { LOCAL_BYTES } from '../archive/local-header'
import { packedLimit } from '../archive/packed-limit'
import type { Copy } from './copy.node.ts'
import { describedNumbers, descriptorIsWrong } from './descriptor.node.ts'
import { type Digest, digest, digestAt, isLarge } from './digest.node.ts'
import type { Extent } from './extent.node.ts'
import type { Finding } from './finding'
import { type Field, type Habits, type Numbers, same } from './local'
import { type Range, shared } from './ranges'
import type { DirectoryRecord, PlacedEntry } from './records.node.ts'

/**
 * Checks an entry: its data against the CRC-32 and sizes of the directory, its header against the directory. If
 * the data do not fit, the numbers and lengths of the header are tried, and those that follow from the next
 * entry: whatever fits the data is right, and the other is damaged.
 *
 * @param bytes Bytes from the start of the entry, as many as are in memory.
 */
export async function checkEntry(
  copy: Copy,
  placed: PlacedEntry,
  extent: Extent | null,
  habits: Habits,
  bytes: Uint8Array,
): Promise<Finding[]> {
  const { record, start, bound } = placed
  const { entry, name } = record
  const all = { start, end: bound }
  const lacking = copy.lacking(all)
  if (lacking.length > 0) return [{ damage: 'missing', name: entry.name, ranges: lacking }]
  if (!extent) return [{ damage: 'data', name: entry.name, ranges: [all] }]
  const { header, data, local } = extent
  const differs = [...extent.differs].filter(field => habits.repeated.has(field))
  if (oddShape(extent, record, habits)) differs.push('extra fields')
  const listed = numbersOf(entry)
  const digestOf = (range: Range, { method, bytes: declared, compressedBytes }: Numbers) => {
    if (range.end - range.start !== compressedBytes || compressedBytes > packedLimit(declared))
      return null
    const inMemory = { start: range.start - start, end: range.end - start }
    return !isLarge(compressedBytes, declared) && inMemory.end <= bytes.length
      ? digest(bytes.subarray(inMemory.start, inMemory.end), method, declared)
      : digestAt(copy, range, method, declared)
  }
  if (fits(await digestOf(data, listed), listed)) {
    const findings = headerFindings(differs, placed, extent)
    const isWrong = await descriptorIsWrong(copy, extent.descriptor, listed)
    if (isWrong)
      findings.push({ damage: 'descriptor', name: entry.name, ranges: [extent.descriptor] })
    return findings
  }
  // Where the data begin if the header's lengths are wrong: they end with the entry.
  const end = bound - (extent.descriptor.end - extent.descriptor.start)
  const starts = [data.start, end - entry.compressedBytes].filter(
    (at, i) => at >= start + LOCAL_BYTES && (i === 0 || at !== data.start),
  )
  // The numbers of a header without its signature say nothing.
  const isHeader = !extent.differs.has('signature')
  const repeated = isHeader ? (local.numbers ?? (await describedNumbers(copy, placed))) : null
  const choices = [listed, ...(repeated ? mixed(listed, repeated) : [])]
  for (const at of starts)
    for (const numbers of choices) {
      const range = { start: at, end: at + numbers.compressedBytes }
      if (range.end > bound || !fits(await digestOf(range, numbers), numbers)) continue
      const findings: Finding[] = []
      if (numbers !== listed)
        findings.push({
          damage: 'record',
          name: entry.name,
          ranges: [shareOf(record)],
          fields: differs,
        })
      if (at !== data.start || (local.numbers && !same(numbers, local.numbers)))
        findings.push(headerFinding({ start, end: at }, placed, differs))
      return findings.length > 0 ? findings : [headerFinding(header, placed, differs)]
    }
  const from = Math.min(header.start + LOCAL_BYTES + name.length, data.start)
  const isHeaderWrong = differs.length > 0 || local.nameBytes !== name.length
  const whole = isHeaderWrong ? { start, end: bound } : { start: data.start, end: data.end }
  const zeros = await isMostlyZero(copy, { start: from, end: bound })
  // Numbers that disagree while neither fits: the record may be damaged beside the data.
  const isSuspect = isHeaderWrong && !extent.differs.has('signature') && !zeros
  return [
    {
      damage: zeros ? 'zeros' : 'data',
      name: entry.name,
      ranges: [whole],
      ...(isSuspect && { suspects: [shareOf(record)] }),
    },
  ]
}

const numbersOf = ({ method, crc32, compressedBytes, bytes }: Numbers): Numbers => ({
  method,
  crc32,
  compressedBytes,
  bytes,
})

/** Numbers of which some come from the directory and one, or all, from the local header. */
function mixed(listed: Numbers, local: Numbers): Numbers[] {
  const keys = ['method', 'crc32', 'compressedBytes', 'bytes'] as const
  const one = keys
    .filter(key => listed[key] !== local[key])
    .map(key => ({ ...listed, [key]: local[key] }))
  return one.length > 1 ? [...one, local] : one
}

const fits = (found: Digest | null, { crc32, bytes }: Numbers): boolean =>
  found !== null && found.crc32 === crc32 && found.bytes === bytes

/** Fields whose right value the data tell, or that have only one right value. */
const DECIDED: readonly Field[] = ['signature', 'method', 'CRC-32', 'packed size', 'size']

/** Findings of an entry whose data fit the directory. */
function headerFindings(
  differs: readonly Field[],
  { record }: PlacedEntry,
  { header, localName }: Extent,
): Finding[] {
  if (differs.length === 0) return []
  const { name } = record.entry
  // The lengths of the header led to the data, so they are right.
  const isCertain = differs.every(field => DECIDED.includes(field))
  const ranges = isCertain ? [header] : [header, record]
  const damage = isCertain ? 'header' : 'either'
  return [
    {
      damage,
      name,
      ranges: ranges.map(shareOf),
      fields: differs,
      ...(localName !== null && { localName }),
    },
  ]
}

const shareOf = ({ start, end }: Range): Range => ({ start, end })

const headerFinding = (
  range: Range,
  { record }: PlacedEntry,
  fields: readonly Field[],
): Finding => ({ damage: 'header', name: record.entry.name, ranges: [range], fields })

/** Whether the extra fields are unlike those of all other headers, and of the directory. */
function oddShape({ local, differs }: Extent, { extra }: DirectoryRecord, { shape }: Habits) {
  if (shape === null || local.shape === shape || differs.has('extra fields')) return false
  const ids = (text: string | null) =>
    (text ?? '')
      .split(' ')
      .map(block => block.split(':')[0] ?? '')
      .filter(id => id !== '1' && id !== '')
  return extra.length >= 0 && ids(local.shape).join() !== ids(shape).join()
}

/** Whether more than half of a range, of at most the first MiB, is zero; packed data has few zeros. */
async function isMostlyZero(copy: Copy, range: Range): Promise<boolean> {
  const looked = shared(range, { start: range.start, end: range.start + (1 << 20) })
  if (looked.end <= looked.start) return false
  let zeros = 0
  for (const byte of await copy.read(looked)) if (byte === 0) zeros++
  return zeros > (looked.end - looked.start) / 2
}
