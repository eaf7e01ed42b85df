/** A column of cells by its distinct values: few, and the same type of array for every facet. */
export interface DenseColumn {
  /** Position in `values` of each cell's value. */
  readonly ids: Uint16Array
  /** In ascending order. */
  readonly values: readonly number[]
}

const known = new WeakMap<object, DenseColumn>()

/**
 * What a column comes to; it is found once for each column. All facets then go through the same loops,
 * which stay compiled for one type of array.
 *
 * @throws RangeError if a column has more distinct values than fit.
 */
export function denseColumn(column: ArrayLike<number>): DenseColumn {
  const found = known.get(column) ?? makeDense(column)
  known.set(column, found)
  return found
}

function makeDense(column: ArrayLike<number>): DenseColumn {
  const values = [...new Set(Array.from(column))].sort((a, b) => a - b)
  if (values.length > 2 ** 16) throw new RangeError('a column of the cells has too many values')
  const idOf = new Map(values.map((value, id) => [value, id]))
  return { ids: Uint16Array.from(column, value => idOf.get(value) as number), values }
}
