import { integer, type Sql, sql } from '../sql'

const FIRST = 0x85ebca6b
const SECOND = 0xc2b2ae35

/**
 * A number that looks random, the same for an id and a seed in every engine: the last steps of
 * MurmurHash3 for 32 bits. One to one, so two ids never share one under the same seed.
 *
 * @param id Whole, 0 to 2^32 - 1.
 * @param seed Whole, 0 to 2^32 - 1.
 * @returns Whole, 0 to 2^32 - 1.
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

/** `seededHash` of an expression of a whole type, as UINTEGER. */
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
