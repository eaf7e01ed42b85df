import { UserError } from '../errors'
import { filesOf, rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
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
 * Read whole tables, batch by batch, in the order of their rows.
 *
 * @param columnsOf Columns of a table that are read.
 * @param take Called with each batch, a whole Arrow IPC stream; the next comes when it is done.
 * @throws UserError that names the file, if one cannot be had or is not as listed.
 */
export async function readTables(
  reader: ParquetReader,
  manifest: ManifestFiles,
  names: readonly TableName[],
  columnsOf: (name: TableName) => string[],
  take: (name: TableName, ipc: Uint8Array) => Promise<void>,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const files = names.flatMap(name =>
    filesOf(manifest, name).map(file => ({ name, file, columns: columnsOf(name) })),
  )
  const bytesTotal = files.reduce((sum, { file }) => sum + file.bytes, 0)
  let bytes = 0
  await reader.read(files, {
    baseUrl: manifest.baseUrl,
    onBytes(more) {
      bytes += more
      onProgress({ bytes, bytesTotal })
    },
    async onBatch(position, ipc) {
      const name = files[position]?.name
      if (name) await take(name, ipc)
    },
  })
}

/**
 * A database takes damaged Arrow data without a word: what arrived is counted.
 *
 * @param found Rows of each table.
 * @throws UserError if they are not as many as listed.
 */
export function assertRows(
  manifest: ManifestFiles,
  names: readonly TableName[],
  found: readonly unknown[],
): void {
  for (const [i, name] of names.entries()) {
    const listed = rowsOf(manifest, name)
    if (found[i] !== listed)
      throw new UserError(`${name}: ${found[i]} rows arrived, the manifest lists ${listed}; retry`)
  }
}
