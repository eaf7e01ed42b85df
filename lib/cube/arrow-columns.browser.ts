import type { Table, Vector } from 'apache-arrow'
import { browserColumns, type TableName } from '../manifest/tables'
import type { Column } from './cube-of'

/**
 * The browser's columns of a table that came in batches: none at all where it has no rows, as the
 * areas of a manifest that is not measured.
 */
export function columnsOf(
  name: TableName,
  batches: readonly Table[],
): Readonly<Record<string, Column>> {
  const [first, ...rest] = batches
  const whole = rest.length > 0 ? first?.concat(...rest) : first
  return Object.fromEntries(
    browserColumns(name).map(column => {
      const vector = whole?.getChild(column)
      return [column, vector ? columnOf(vector) : []]
    }),
  )
}

// A typed array has no place for nulls.
const columnOf = (vector: Vector): Column => (vector.nullCount > 0 ? vector : vector.toArray())
