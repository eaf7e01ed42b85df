import { browserColumns, type TableName, tablesOf } from '../manifest/tables'
import type { WasmEngine } from './duckdb-wasm.browser.ts'
import type { ParquetReader } from './parquet-reader.browser.ts'
import { assertRows, type ManifestFiles, type Progress, readTables } from './read-tables.browser.ts'

/**
 * Load the rows into the engine, and call back with each batch. Download and decoding begin at once, even while
 * the engine still starts.
 *
 * @param onBatch Called with each batch before the engine gets it, in the order of the table.
 * @throws UserError that names a file that cannot be loaded or has another number of rows than listed.
 * @throws the signal's reason if it is aborted.
 */
export async function loadRows(
  manifest: ManifestFiles,
  engine: Promise<WasmEngine>,
  reader: ParquetReader,
  onBatch: (table: TableName, ipc: Uint8Array) => void,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const names = tablesOf('rows')
  const ready = engine.then(async one => {
    await one.createTables(names)
    return one
  })
  const take = async (name: TableName, ipc: Uint8Array) => {
    onBatch(name, ipc)
    const started = await ready
    signal.throwIfAborted()
    await started.insert(name, ipc)
  }
  await readTables(reader, manifest, names, browserColumns, take, onProgress)
  assertRows(manifest, names, await (await ready).countRows(names))
}
