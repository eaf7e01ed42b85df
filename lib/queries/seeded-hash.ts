import { integer, type Sql, sql } from '../sql'

const FIRST = 0x85ebca6b
const SECOND = 0xc2b2ae35

/**
 * A hash of an id, the same in JavaScript and in SQL: the finalizer of MurmurHash3 for 32 bits. Two ids
 * never have the same hash under one seed.
 *
 * @param id Whole number, 0 to 2^32 - 1.
 * @param seed Whole number, 0 to 2^32 - 1.
 * @returns Whole number, 0 to 2^32 - 1.
 */
export function seededHash(id: number, seed: number): number {
  return mixed(mixed(seed) ^ id) >>> 0
}

function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), FIRST)
  hash = Math.imul(hash ^ (hash >>> 13), SECOND)
  return hash ^ (hash >>> 16)
}

/** `seededHash` in SQL, as UINTEGER; `id` must be of an integer type. */
export function seededHashSql(id: Sql, seed: number): Sql {
  // Products of two numbers below 2^32 fit a UBIGINT. The engine computes repeated terms once.
  const shifted = (of: Sql, by: number) => sql`xor(${of}, ${of} >> ${integer(by)})`
  const times = (of: Sql, factor: number) =>
    sql`((${of} * ${integer(factor)}::UBIGINT) & 4294967295::UBIGINT)`
  const start = sql`xor(${id}::UBIGINT, ${integer(mixed(seed) >>> 0)}::UBIGINT)`
  const first = times(shifted(start, 16), FIRST)
  const second = times(shifted(first, 13), SECOND)
  return sql`${shifted(second, 16)}::UINTEGER`
}
