/** Typed arrays that hold a column. */
type NumberColumn = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Rows in the order of their cells: the rows of cell c are at `starts[c]` to `starts[c + 1]`, exclusive. */
export interface ByCell {
  readonly starts: Uint32Array
  /** The column with its values in this order. */
  arrange<Column extends NumberColumn>(column: Column): Column
}

/**
 * Sort the rows of a cube by cell. The rows of one cell keep their order.
 *
 * @param cellOfRow Cell of each row.
 * @param cells Number of cells.
 */
export function byCell(cellOfRow: Uint32Array, cells: number): ByCell {
  const starts = new Uint32Array(cells + 1)
  let isOrdered = true
  for (let row = 0; row < cellOfRow.length; row++) {
    const cell = cellOfRow[row] as number
    starts[cell + 1] = (starts[cell + 1] as number) + 1
    if (row > 0 && cell < (cellOfRow[row - 1] as number)) isOrdered = false
  }
  for (let cell = 0; cell < cells; cell++)
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number)
  // Files that this program wrote are already in this order.
  if (isOrdered) return { starts, arrange: column => column }
  const next = starts.slice()
  const rowAt = new Uint32Array(cellOfRow.length)
  for (let row = 0; row < cellOfRow.length; row++) {
    const cell = cellOfRow[row] as number
    const place = next[cell] as number
    rowAt[place] = row
    next[cell] = place + 1
  }
  return {
    starts,
    arrange(column) {
      const arranged = column.slice() as typeof column
      for (let place = 0; place < rowAt.length; place++)
        arranged[place] = column[rowAt[place] as number] as number
      return arranged
    },
  }
}
