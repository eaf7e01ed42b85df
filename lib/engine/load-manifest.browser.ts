import { UserError } from '../errors'
import { fileOf, type Manifest } from '../manifest/manifest'
import {
  browserColumns,
  type LoadStage,
  TABLE_NAMES,
  type TableName,
  tableOf,
} from '../manifest/tables'
import { sql } from '../sql'
import type { WasmEngine } from './duckdb-wasm.browser.ts'
import type { ParquetReader } from './parquet-reader.browser.ts'

/** The part of a manifest that the browser needs to load its tables. */
export type ManifestFiles = Pick<Manifest, 'files'>

export interface Progress {
  /** Rows that can be queried, and all rows of the stage's tables. */
  readonly rows: number
  readonly rowsTotal: number
  /** Bytes that came, and all bytes of the stage's files. */
  readonly bytes: number
  readonly bytesTotal: number
}

/**
 * Load the tables of one stage into the engine, one after the other.
 *
 * @throws UserError that names the file, if one cannot be loaded or has other rows than listed.
 * @throws the signal's reason between two batches if it is aborted.
 */
export async function loadStage(
  stage: Exclude<LoadStage, 'never'>,
  manifest: ManifestFiles & { readonly baseUrl: string },
  engine: WasmEngine,
  reader: ParquetReader,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const tables = TABLE_NAMES.filter(name => tableOf(name).load === stage)
  const files = tables.map(name => fileOf(manifest, name))
  const progress = {
    rows: 0,
    rowsTotal: files.reduce((sum, file) => sum + file.rows, 0),
    bytes: 0,
    bytesTotal: files.reduce((sum, file) => sum + file.bytes, 0),
  }
  for (const [i, name] of tables.entries()) {
    const file = files[i]
    if (!file) continue
    await engine.createTable(name)
    await reader.read(file, {
      baseUrl: manifest.baseUrl,
      columns: browserColumns(name),
      onBytes(bytes) {
        progress.bytes += bytes
        onProgress({ ...progress })
      },
      async onBatch(ipc) {
        signal.throwIfAborted()
        await engine.insert(name, ipc)
      },
    })
    await assertRows(engine, name, file.rows)
    progress.rows += file.rows
    onProgress({ ...progress })
  }
}

/** The engine takes damaged Arrow data without a word: count what arrived. */
async function assertRows(engine: WasmEngine, name: TableName, expected: number) {
  const [found] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM ${{ text: name, params: [] }}`,
  )
  if (found?.n !== expected)
    throw new UserError(
      `${name}: ${found?.n} rows arrived, the manifest lists ${expected}; reload the page`,
    )
}
