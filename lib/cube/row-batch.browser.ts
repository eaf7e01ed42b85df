import { tableFromIPC } from 'apache-arrow'
import type { RowLoader, RowTable } from './row-loader'

/** Add the next rows of a table, a complete Arrow IPC stream. */
export function addBatches(loader: RowLoader, table: RowTable, ipc: Uint8Array): void {
  // Batch by batch, because a column of a single record batch is one piece of memory.
  for (const batch of tableFromIPC(ipc).batches)
    loader.add(table, batch.numRows, name => {
      const column = batch.getChild(name)
      if (!column) throw new RangeError(`${table} lacks the column ${name}`)
      return column.nullCount > 0 ? column : column.toArray()
    })
}
