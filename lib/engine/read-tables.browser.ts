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
  /** Bytes so far. */
  readonly bytes: number
  /** Bytes in total. */
  readonly bytesTotal: number
}

/**
 * Read tables in batches, in the order of their rows.
 *
 * @param columnsOf Columns of a table to read.
 * @param take Called with each batch, a complete Arrow IPC stream; the next batch comes when it is done.
 * @throws UserError that names a file that cannot be downloaded or differs from the list.
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
 * Compare numbers of rows with the manifest, because a database accepts damaged Arrow data without an error.
 *
 * @param found Number of rows of each table.
 * @throws UserError if a number differs from the listed one.
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
