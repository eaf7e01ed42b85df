import type { Parts } from '../archive/parts'
import { DAMAGE, type Damage, type Finding } from './finding'
import type { IdentifiedPart, PartState } from './identify-parts.node.ts'
import { bytesIn, cutAt, mergeRanges, type Range, within } from './ranges'

/** Bytes of a part. */
export interface PartRange {
  readonly offset: number
  readonly bytes: number
}

export interface PartReport {
  /** Name that the part must have, without folder. */
  readonly name: string
  readonly state: PartState
  /** Name of the file with its content if that is another one, else null. */
  readonly foundAs: string | null
  /** Bytes of that file; null without one. */
  readonly bytes: number | null
  /** Bytes that the part must have, as far as that is known. */
  readonly expectedBytes: number | null
  readonly damagedBytes: number
  /** Damaged ranges, in order; at most `MAX_RANGES` are listed. */
  readonly ranges: readonly PartRange[]
  /** Number of damaged ranges. */
  readonly rangeCount: number
}

/** A damaged file of the archive, or damage of no file. */
export interface LocatedDamage {
  /** Name of the entry; null for bytes that belong to none. */
  readonly name: string | null
  /** Name in the local header, if that and the directory differ and it is not known which is right. */
  readonly localName: string | null
  readonly damage: Damage
  readonly part: string
  readonly offset: number
  readonly bytes: number
  readonly fields: readonly string[]
}

export const MAX_RANGES = 1000

/** Damaged files, by kind. */
export interface FileCounts {
  images: number
  masks: number
  others: number
}

/** Whether a name is that of an image or of a mask, by its folder in the release. */
export function kindOf(name: string): keyof FileCounts {
  if (/(^|\/)images\//.test(name)) return 'images'
  return /(^|\/)masks\//.test(name) ? 'masks' : 'others'
}

/** One line for each range of a finding; ranges are cut where parts begin. */
export function located(
  { damage, name, localName, ranges, fields = [] }: Finding,
  parts: Parts,
  nameOf: (part: number) => string,
): LocatedDamage[] {
  const cut = ranges.flatMap(range => cutAt(range, parts.starts))
  return cut.map(({ start, end }) => {
    const { part, offset } = parts.place(start)
    return {
      name,
      localName: localName ?? null,
      damage,
      part: nameOf(part),
      offset,
      bytes: end - start,
      fields,
    }
  })
}

/** "masks/a.png: damaged: the CRC-32 does not fit (SA.z03, 3,000 bytes at 60,000)". */
export function damageText({ name, damage, part, offset, bytes, fields }: LocatedDamage): string {
  const what = fields.length > 0 ? `${DAMAGE[damage]} (${fields.join(', ')})` : DAMAGE[damage]
  return `${name ?? 'no file'}\t${what}\t${part}\t${offset}\t${bytes}`
}

export function partReports(
  files: readonly IdentifiedPart[],
  parts: Parts,
  damage: readonly Range[],
  nameOf: (path: string) => string,
): PartReport[] {
  return files.map(({ home, path, bytes, state }, part) => {
    const start = parts.starts[part] ?? 0
    const all = { start, end: parts.starts[part + 1] ?? start }
    const own = path === null ? mergeRanges([all]) : mergeRanges(within(damage, all))
    return {
      name: nameOf(home),
      state,
      foundAs: path === null || path === home ? null : nameOf(path),
      bytes: path === null ? null : bytes,
      expectedBytes:
        path === null && parts.source(part).size === 0 ? null : parts.source(part).size,
      damagedBytes: bytesIn(own),
      ranges: own
        .slice(0, MAX_RANGES)
        .map(range => ({ offset: range.start - start, bytes: range.end - range.start })),
      rangeCount: own.length,
    }
  })
}
