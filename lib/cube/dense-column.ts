/** A column of cells with its distinct values numbered, in the same types of arrays for every facet. */
export interface DenseColumn {
  /** Position in `values` of each cell's value. */
  readonly ids: Uint16Array
  /** In ascending order. */
  readonly values: readonly number[]
}

const known = new WeakMap<object, DenseColumn>()

/**
 * Number the distinct values of a column; the result is cached by column. All facets then run through the same loops,
 * which the JavaScript engine compiles once, for one type of array.
 *
 * @throws RangeError if the column has more than 65,536 distinct values.
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
