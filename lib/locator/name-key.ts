import type { TextHash } from '../release/text-hash'

/**
 * Names of rows and entries are compared by a hash of 96 bits in three columns instead of some hundred bytes of text.
 * 20 million hashes fit in memory, and numbers join faster.
 */
export const KEY_COLUMNS = { key_a: 'UINTEGER', key_b: 'UINTEGER', key_c: 'UINTEGER' } as const

/** The columns as SQL. */
export const KEYS = Object.keys(KEY_COLUMNS).join(', ')

/** The hash of a name as the values of the columns. */
export const keyOf = ({ a, b, c }: Readonly<TextHash>): [number, number, number] => [
  a >>> 0,
  b >>> 0,
  c >>> 0,
]
