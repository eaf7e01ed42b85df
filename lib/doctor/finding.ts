import type { Range } from './ranges'

/** What is wrong with some bytes, for people. */
export const DAMAGE = {
  missing: 'missing',
  zeros: 'filled with zeros',
  data: 'damaged: the CRC-32 does not fit',
  header: 'damaged in its local header',
  record: 'damaged in the directory',
  either: 'damaged in its local header or in the directory, which disagree',
  descriptor: 'damaged in its data descriptor',
  gap: 'damaged between entries',
  directory: 'damaged in the directory: the record cannot be read',
  end: 'damaged at the end of the archive',
  differs: 'different from the other copy',
} as const

export type Damage = keyof typeof DAMAGE

/** Damage of one entry, or of bytes that belong to no entry. */
export interface Finding {
  readonly damage: Damage
  /** Name of the entry, or null. */
  readonly name: string | null
  /** Name in the local header, if it differs from the directory's. */
  readonly localName?: string
  /** Where the damage is. If there are several ranges, it may be in one of them or in all. */
  readonly ranges: readonly Range[]
  /** Bytes that may be damaged too; another copy tells. */
  readonly suspects?: readonly Range[]
  /** Fields that disagree, for a local header or a record. */
  readonly fields?: readonly string[]
}
