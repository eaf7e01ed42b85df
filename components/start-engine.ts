import { type CubeClient, openCube } from '../lib/cube/cube-client.browser.ts'
import { openWasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import { loadRows } from '../lib/engine/load-manifest.browser.ts'
import { openParquetReader } from '../lib/engine/parquet-reader.browser.ts'
import { asSentence, UserError } from '../lib/errors'
import type { PageManifest } from '../lib/first/first-answers'
import { rowsOf } from '../lib/manifest/files-of'
import type { TableName } from '../lib/manifest/tables'
import type { EngineState } from './engine-state'

/**
 * Load the cubes, then start DuckDB-WASM and load the rows; report each step. Ends when everything is loaded.
 * After that, only the loss of the database is reported; the cubes still answer then.
 *
 * @throws the error that stopped the load; an aborted load ends silently.
 */
export async function startEngine(
  manifest: PageManifest,
  update: (change: Partial<EngineState>) => void,
  signal: AbortSignal,
): Promise<void> {
  if (typeof WebAssembly !== 'object' || typeof Worker !== 'function')
    throw new UserError(
      'This browser cannot run WebAssembly in a worker, so filters are disabled; the totals above are complete. Use a current Firefox, Chrome, Edge or Safari.',
    )
  if (signal.aborted) return
  const onProgress = (progress: EngineState['progress']) => update({ progress })
  try {
    const cube = await openCube(manifest, onProgress, signal)
    update({ stage: 'cubes', cube, progress: null })
    await startDatabase(manifest, cube, update, onProgress, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function startDatabase(
  manifest: PageManifest,
  cube: CubeClient,
  update: (change: Partial<EngineState>) => void,
  onProgress: (progress: EngineState['progress']) => void,
  signal: AbortSignal,
): Promise<void> {
  // Downloading and decoding need no database, so they run while it starts.
  const reader = openParquetReader()
  const starting = openWasmEngine(signal)
  const close = () => {
    reader.close()
    starting.then(
      engine => engine.close(),
      () => {},
    )
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    // The rows go to the database for queries, and to the worker of the cubes for counts.
    const sink = cube.loadRows(rowsOf(manifest, 'images'), rowsOf(manifest, 'masks'))
    const onBatch = (table: TableName, ipc: Uint8Array) => {
      if (table === 'cases' || table === 'images' || table === 'masks') sink.add(table, ipc)
    }
    const rows = loadRows(manifest, starting, reader, onBatch, onProgress, signal)
    const engine = await Promise.race([starting, rows.then(() => starting)])
    engine.lost.then(error => {
      close()
      const text = `${asSentence(error.message)} Case counts need it; everything else still works.`
      update({ stage: 'error', engine: null, progress: null, error: text })
    })
    await rows
    await Promise.all([sink.end(), engine.lockDown()])
    update({ stage: 'rows', engine, rowsLoaded: true, progress: null })
  } catch (error) {
    close()
    throw error
  } finally {
    // Frees the memory of the Parquet reader.
    reader.close()
  }
}
