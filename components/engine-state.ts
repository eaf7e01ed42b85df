import type { CubeClient } from '../lib/cube/cube-client.browser.ts'
import type { WasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import type { Progress } from '../lib/engine/read-tables.browser.ts'
import type { PageManifest } from '../lib/first/first-answers'

/**
 * How far the data is: `summary` has the server's numbers, `cubes` answers most filters, `rows`
 * answers all of them.
 */
export type Stage = 'booting' | 'summary' | 'cubes' | 'rows' | 'error'

export interface EngineState {
  readonly manifest: PageManifest
  readonly stage: Stage
  /** Counts filters; null until the cubes are loaded. */
  readonly cube: CubeClient | null
  /** Whether the counts have the rows too, for what the cubes do not answer exactly. */
  readonly rowsLoaded: boolean
  /** Has the rows once the stage is `rows`; null before. */
  readonly engine: WasmEngine | null
  /** Of the stage that is loading; null when nothing loads. */
  readonly progress: Progress | null
  /** Why the data cannot be used, for people. */
  readonly error: string | null
  /** Start the engine anew and load everything again. */
  readonly retry: () => void
}
