import { flagBits, NO_FLAG } from '../manifest/flags'
import type { Filter } from './filter'

/** The condition of a filter on the column `flags` of an image. */
export interface FlagTest {
  /** The image must have one of these bits; null if it need not. */
  readonly any: number | null
  /** Images without any bit pass too, beside those of `any`. */
  readonly orNone: boolean
  /** The image must have none of these bits. */
  readonly not: number
  /** The image must have at least one bit. */
  readonly notNone: boolean
}

/** The facet `flag` of a filter; null if the filter does not use it. */
export function flagTest({ flag: wanted, not }: Filter): FlagTest | null {
  const left = not?.flag ?? []
  if (!wanted && left.length === 0) return null
  return {
    any: wanted ? flagBits(wanted) : null,
    orNone: wanted?.includes(NO_FLAG) ?? false,
    not: flagBits(left),
    notNone: left.includes(NO_FLAG),
  }
}

/** Whether an image with these flags passes. */
export function passesFlags({ any, orNone, not, notNone }: FlagTest, flags: number): boolean {
  if ((flags & not) !== 0 || (notNone && flags === 0)) return false
  return any === null || (flags & any) !== 0 || (orNone && flags === 0)
}
