import { openWasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import { loadStage } from '../lib/engine/load-manifest.browser.ts'
import { openParquetReader } from '../lib/engine/parquet-reader.browser.ts'
import { UserError } from '../lib/errors'
import { readDimensions } from '../lib/queries/dimensions'
import type { EngineState, PageManifest } from './engine-state'

/**
 * Start DuckDB-WASM, load the cubes, then the rows; report each step. Ends when all is loaded;
 * afterwards only a lost engine is reported.
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
      'This browser cannot run WebAssembly in a worker, so filters stay off; the published totals above are complete. A current Firefox, Chrome, Edge or Safari can.',
    )
  // Downloads and decoding need no database: they run while it starts.
  const reader = openParquetReader()
  const starting = openWasmEngine()
  const onProgress = (progress: EngineState['progress']) => update({ progress })
  const load = (stage: 'cubes' | 'rows') =>
    loadStage(stage, manifest, starting, reader, onProgress, signal)
  const close = () => {
    reader.close()
    starting.then(
      engine => engine.close(),
      () => {},
    )
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    const cubes = load('cubes')
    const engine = await Promise.race([starting, cubes.then(() => starting)])
    engine.lost.then(error => {
      close()
      update({
        stage: 'error',
        engine: null,
        progress: null,
        error: `${error.message} The filter is kept; load the data again to go on.`,
      })
    })
    await cubes
    await engine.lockDown()
    const dimensions = await readDimensions(engine)
    update({ stage: 'cubes', engine, dimensions, progress: null })
    await load('rows')
    update({ stage: 'rows', progress: null })
  } catch (error) {
    if (signal.aborted) return
    close()
    throw error
  } finally {
    // The reader's own memory is needed no longer.
    reader.close()
  }
}
