import { IN_ZIP64_16, SIGNATURE, u16, u32, u64 } from '../archive/fields'
import type { Copy } from './copy.node.ts'
import type { Layout } from './find-layout.node.ts'
import type { Finding } from './finding'
import type { Range } from './ranges'
import type { Survey } from './survey.node.ts'

const END_BYTES = 22
const LOCATOR_BYTES = 20

/**
 * Damage of the directory and the end record, as far as it shows without the entries: records that cannot be
 * read, and numbers of the end record that contradict the directory or each other.
 *
 * @param tail The end of the archive, behind the directory.
 */
export async function endFindings(
  copy: Copy,
  { count, end }: Layout,
  { records, broken }: Survey,
  tail: Range,
): Promise<Finding[]> {
  const findings: Finding[] = []
  if (broken.length > 0) findings.push({ damage: 'directory', name: null, ranges: broken })
  const bytes = await copy.read(tail)
  const isWrong =
    (broken.length === 0 && records !== end.entries) ||
    !areEqual(bytes, count, end.directory.part === count - 1)
  if (isWrong) findings.push({ damage: 'end', name: null, ranges: [tail] })
  return findings
}

/** Whether the numbers that the end of an archive states twice are equal. */
function areEqual(bytes: Uint8Array, count: number, isInLast: boolean): boolean {
  let at = bytes.length - END_BYTES
  while (
    at >= 0 &&
    !(u32(bytes, at) === SIGNATURE.end && at + END_BYTES + u16(bytes, at + 20) === bytes.length)
  )
    at--
  if (at < 0) return false
  const isPart = (number: number) => number === count - 1 || number === IN_ZIP64_16
  if (!isPart(u16(bytes, at + 4))) return false
  if (isInLast && u16(bytes, at + 8) !== u16(bytes, at + 10)) return false
  const locator = at - LOCATOR_BYTES
  if (locator < 0 || u32(bytes, locator) !== SIGNATURE.zip64Locator) return at === 0
  if (u32(bytes, 0) !== SIGNATURE.zip64End || u64(bytes, 4) + 12 !== locator) return false
  return u32(bytes, 16) === count - 1 && (!isInLast || u64(bytes, 24) === u64(bytes, 32))
}
