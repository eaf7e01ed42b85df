import type { DataType, Field } from 'apache-arrow'

const COLUMN = 'image_id'

/** Type ids of whole numbers and of doubles, as arithmetic makes them; apache-arrow itself is large. */
const NUMBERS: readonly number[] = [2, 3]

/** Where a result has image ids: the position of its column; null if it has none. */
export function imageIdColumn(fields: readonly Field[]): number | null {
  const at = fields.findIndex(
    ({ name, type }) => name === COLUMN && NUMBERS.includes((type as DataType).typeId),
  )
  return at < 0 ? null : at
}

/**
 * Add what a column of image ids holds; NULL, and numbers that are no id, are passed over.
 *
 * @param values Numbers, bigints and nulls.
 */
export function addImageIds(ids: Set<number>, values: Iterable<unknown>): void {
  for (const value of values) {
    const id = typeof value === 'bigint' ? Number(value) : value
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < 2 ** 32) ids.add(id)
  }
}
