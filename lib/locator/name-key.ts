import type { TextHash } from '../release/text-hash'

/**
 * Columns for a 96-bit hash of a file name. Rows and entries are joined by hash instead of by about a hundred bytes of
 * text, because 20 million hashes fit in memory and numbers join faster.
 */
export const KEY_COLUMNS = { key_a: 'UINTEGER', key_b: 'UINTEGER', key_c: 'UINTEGER' } as const

/** Names of the columns, as a SQL list. */
export const KEYS = Object.keys(KEY_COLUMNS).join(', ')

/** Convert a hash to the values of the columns. */
export const keyOf = ({ a, b, c }: Readonly<TextHash>): [number, number, number] => [
  a >>> 0,
  b >>> 0,
  c >>> 0,
]
