import { tableFromIPC } from 'apache-arrow'
import type { RowLoader, RowTable } from './row-loader'

/** Take in the next rows of a table, a whole Arrow IPC stream. */
export function addBatches(loader: RowLoader, table: RowTable, ipc: Uint8Array): void {
  // One record batch after the other: each of its columns is one piece of memory.
  for (const batch of tableFromIPC(ipc).batches)
    loader.add(table, batch.numRows, name => {
      const column = batch.getChild(name)
      if (!column) throw new RangeError(`${table} lacks the column ${name}`)
      return column.nullCount > 0 ? column : column.toArray()
    })
}
