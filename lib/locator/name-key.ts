import type { TextHash } from '../release/text-hash'

/**
 * What the names of rows and of an archive's entries are compared by: 96 bits of hash in three columns, in
 * place of some hundred bytes of text. 20 million of them need not spill, and numbers join faster.
 */
export const KEY_COLUMNS = { key_a: 'UINTEGER', key_b: 'UINTEGER', key_c: 'UINTEGER' } as const

/** The columns for SQL. */
export const KEYS = Object.keys(KEY_COLUMNS).join(', ')

/** A name's hash as the three values. */
export const keyOf = ({ a, b, c }: Readonly<TextHash>): [number, number, number] => [
  a >>> 0,
  b >>> 0,
  c >>> 0,
]
