import type { CubeClient } from '../lib/cube/cube-client.browser.ts'
import type { WasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import type { Progress } from '../lib/engine/read-tables.browser.ts'
import type { PageManifest } from '../lib/first/first-answers'

/**
 * How far the data is loaded. `summary` has the numbers that came with the page, `cubes` can count most
 * filters, `rows` can count all filters.
 */
export type Stage = 'booting' | 'summary' | 'cubes' | 'rows' | 'error'

export interface EngineState {
  readonly manifest: PageManifest
  readonly stage: Stage
  /** Counts filters; null until the cubes are loaded. */
  readonly cube: CubeClient | null
  /** Whether `cube` has the rows too, for filters that the cubes alone do not count exactly. */
  readonly rowsLoaded: boolean
  /** The database of the rows; null until the stage is `rows`. */
  readonly engine: WasmEngine | null
  /** Progress of the stage that is loading; null when nothing loads. */
  readonly progress: Progress | null
  /** Why the data cannot be used, for people. */
  readonly error: string | null
  /** Restart the engine and load everything again. */
  readonly retry: () => void
}
