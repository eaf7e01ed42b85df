import type { Selection } from '../filter/selection'
import { integer, type Sql, sql } from '../sql'
import { seededHashSql } from './seeded-hash'
import { type IdRange, selectedImagesWhere } from './where'

/**
 * The orders of the gallery: as in the manifest, by number of pixels, by number of masks, by the area of
 * the selected masks, or at random.
 */
export const ORDERS = ['dataset', 'size', 'masks', 'area', 'shuffle'] as const
export type OrderName = (typeof ORDERS)[number]

export interface Order {
  readonly by: OrderName
  /**
   * Reversed: from the last image to the first, or from the largest value to the smallest. Ignored for a shuffle.
   */
  readonly descending: boolean
  /** Seed of the shuffle: a whole number from 0 to 2^32 - 1. */
  readonly seed: number
}

/** An order that the database makes. The worker of the cubes adds up areas, because it is ten times as fast. */
export type SqlOrder = Order & { readonly by: Exclude<OrderName, 'area'> }

/** The key of images whose value is unknown: they come last in both directions. */
const UNKNOWN = integer(0xffffffff)
const MAX_KEY = integer(0xfffffffe)

/**
 * The first images of an order.
 *
 * @returns Statement with the column image_id.
 */
export function firstImagesSql(selection: Selection, order: SqlOrder, limit: number): Sql {
  const where = selectedImagesWhere(selection)
  if (order.by === 'dataset')
    return sql`SELECT image_id FROM images WHERE ${where}
      ORDER BY image_id ${direction(order)} LIMIT ${integer(limit)}`
  return sql`SELECT image_id FROM (${keyedSql({ ...order, by: order.by }, where)})
    ORDER BY key, image_id LIMIT ${integer(limit)}`
}

/**
 * The selected images of a part, by id; in the manifest's order by id descending if the order is reversed.
 *
 * @param byCase Add the column case_id; for the manifest's order only.
 * @returns Statement with the column image_id. Orders by size and by masks add `key` (UINTEGER), by which
 *   the images of all parts are sorted.
 */
export function partSql(
  selection: Selection,
  order: SqlOrder,
  part: IdRange,
  byCase: boolean,
): Sql {
  const where = selectedImagesWhere(selection, part)
  if (order.by === 'dataset')
    return sql`SELECT image_id${byCase ? sql`, case_id` : sql``} FROM images WHERE ${where}
      ORDER BY image_id ${direction(order)}`
  // Hashing is quicker outside the database.
  if (order.by === 'shuffle')
    return sql`SELECT image_id FROM images WHERE ${where} ORDER BY image_id`
  return sql`SELECT image_id, key FROM (${keyedSql({ ...order, by: order.by }, where)})
    ORDER BY image_id`
}

const direction = ({ descending }: Order): Sql => (descending ? sql`DESC` : sql``)

type Keyed = Exclude<SqlOrder['by'], 'dataset'>

function keyedSql({ by, descending, seed }: Order & { readonly by: Keyed }, where: Sql): Sql {
  if (by === 'shuffle')
    return sql`SELECT image_id, ${seededHashSql(sql`image_id`, seed)} AS key
      FROM images WHERE ${where}`
  return sql`SELECT image_id, ${keySql(VALUES[by], descending)} AS key
    FROM images WHERE ${where}`
}

const VALUES = {
  size: sql`(width::UINTEGER * height::UINTEGER)`,
  masks: sql`n_masks::UINTEGER`,
} as const satisfies Partial<Record<OrderName, Sql>>

const keySql = (value: Sql, descending: boolean): Sql => sql`coalesce(
  ${descending ? sql`${MAX_KEY}::UINTEGER - ${value}` : value},
  ${UNKNOWN}::UINTEGER)`
