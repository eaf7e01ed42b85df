import type { DataType, Field } from 'apache-arrow'

const COLUMN = 'image_id'

/** Arrow type ids of integers and doubles; written here, because importing apache-arrow is expensive. */
const NUMBERS: readonly number[] = [2, 3]

/** Position of the column of image ids in a result; null if it has none. */
export function imageIdColumn(fields: readonly Field[]): number | null {
  const at = fields.findIndex(
    ({ name, type }) => name === COLUMN && NUMBERS.includes((type as DataType).typeId),
  )
  return at < 0 ? null : at
}

/**
 * Add the ids of a column. NULL and numbers that are not ids are skipped.
 *
 * @param values Numbers, bigints and nulls.
 */
export function addImageIds(ids: Set<number>, values: Iterable<unknown>): void {
  for (const value of values) {
    const id = typeof value === 'bigint' ? Number(value) : value
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < 2 ** 32) ids.add(id)
  }
}
