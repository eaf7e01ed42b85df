import { UserError } from '../errors'
import { filesOf, rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { browserColumns, type TableName, tablesOf } from '../manifest/tables'
import type { WasmEngine } from './duckdb-wasm.browser.ts'
import type { ParquetReader } from './parquet-reader.browser.ts'

/** The part of a manifest that the browser needs to load its tables. */
export type ManifestFiles = Pick<Manifest, 'files'> & {
  /** Where the files are, with a slash at the end. */
  readonly baseUrl: string
}

export interface Progress {
  /** Bytes that came, and all bytes to come. */
  readonly bytes: number
  readonly bytesTotal: number
}

/**
 * Load the rows into the engine, and tell of each batch. Download and decoding begin at once, also
 * while the engine still starts.
 *
 * @param onBatch Called with each batch before the engine takes it, in the order of the table.
 * @throws UserError that names the file, if one cannot be loaded or has other rows than listed.
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
  const files = names.flatMap(name =>
    filesOf(manifest, name).map(file => ({ name, file, columns: browserColumns(name) })),
  )
  const bytesTotal = files.reduce((sum, { file }) => sum + file.bytes, 0)
  let bytes = 0
  const ready = engine.then(async one => {
    await one.createTables(names)
    return one
  })
  await reader.read(files, {
    baseUrl: manifest.baseUrl,
    onBytes(more) {
      bytes += more
      onProgress({ bytes, bytesTotal })
    },
    async onBatch(position, ipc) {
      const name = files[position]?.name
      if (name) onBatch(name, ipc)
      const started = await ready
      signal.throwIfAborted()
      if (name) await started.insert(name, ipc)
    },
  })
  // The engine takes damaged Arrow data without a word: count what arrived.
  const found = await (await ready).countRows(names)
  for (const [i, name] of names.entries()) {
    const listed = rowsOf(manifest, name)
    if (found[i] !== listed)
      throw new UserError(
        `${name}: ${found[i]} rows arrived, the manifest lists ${listed}; load the data again`,
      )
  }
}
