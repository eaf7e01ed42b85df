/** Typed arrays that columns are kept in. */
type NumberColumn = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Rows put together by cell: those of cell c are at `starts[c]` up to, not with, `starts[c + 1]`. */
export interface ByCell {
  readonly starts: Uint32Array
  /** A column of the rows in that order. */
  arrange<Column extends NumberColumn>(column: Column): Column
}

/**
 * Put the rows of a cube together by cell; within a cell they keep their order.
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
  // As our own writer leaves them.
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
