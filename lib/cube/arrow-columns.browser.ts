import type { Table, Vector } from 'apache-arrow'
import { browserColumns, type TableName } from '../manifest/tables'
import type { Column } from './cube-of'

/**
 * The columns of a table that was read in batches. A table without rows has no batches and so no columns; the cube of
 * areas of a manifest that is not measured is such a table.
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

// A typed array cannot hold nulls.
const columnOf = (vector: Vector): Column => (vector.nullCount > 0 ? vector : vector.toArray())
