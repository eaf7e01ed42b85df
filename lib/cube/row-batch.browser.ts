import { tableFromIPC } from 'apache-arrow'
import { ROW_COLUMNS, type RowTable, setColumn } from './row-columns'
import type { Rows } from './rows'

/**
 * Take in a batch of rows as Arrow IPC.
 *
 * @param first Position of the batch's first row in its table.
 * @returns the number of its rows.
 */
export function addBatch(rows: Rows, table: RowTable, ipc: Uint8Array, first: number): number {
  const batch = tableFromIPC(ipc)
  for (const name of ROW_COLUMNS[table]) {
    const column = batch.getChild(name)
    if (!column) throw new RangeError(`${table} lacks the column ${name}`)
    let row = first
    // Piece by piece: joining them would copy once more.
    for (const piece of column.data) {
      const isPlain = piece.nullCount === 0
      const values = isPlain
        ? piece.values.subarray(0, piece.length)
        : column.slice(row - first, row - first + piece.length)
      setColumn(rows, table, name, values, row)
      row += piece.length
    }
  }
  return batch.numRows
}
