import { openParquetReader } from '../engine/parquet-reader.browser.ts'
import {
  assertRows,
  type ManifestFiles,
  type Progress,
  readTables,
} from '../engine/read-tables.browser.ts'
import { type TableName, tableOf } from '../manifest/tables'
import { openSqlDatabase, type SqlDatabase } from './database.browser.ts'
import { LOADED, LOADED_IF_THERE, loadedColumns, VIEWS } from './schema'

/**
 * Open a database with the manifest's tables and views.
 *
 * @param signal Closes the database when aborted, also once it is open.
 * @throws UserError that names a file that cannot be downloaded or differs from the list.
 * @throws EngineLostError if the browser cannot run the database.
 * @throws the signal's reason if it is aborted.
 */
export async function openWorkbench(
  manifest: ManifestFiles,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<SqlDatabase> {
  signal.throwIfAborted()
  const reader = openParquetReader()
  const opening = openSqlDatabase(signal)
  const stopReading = () => reader.close()
  signal.addEventListener('abort', stopReading, { once: true })
  try {
    const names = tablesOf(manifest)
    const database = await opening
    await database.prepare(names.map(createSql).join(';'))
    const take = async (name: TableName, ipc: Uint8Array) => {
      signal.throwIfAborted()
      await database.insert(name, ipc)
    }
    await readTables(reader, manifest, names, loadedColumns, take, onProgress)
    const views = VIEWS.map(({ name, select }) => `CREATE VIEW ${name} AS ${select}`)
    await database.prepare(views.join(';'))
    assertRows(manifest, names, await countRows(database, names, signal))
    await database.lockDown()
    return database
  } catch (error) {
    signal.throwIfAborted()
    opening.then(
      database => database.close(),
      () => {},
    )
    throw error
  } finally {
    reader.close()
    signal.removeEventListener('abort', stopReading)
  }
}

const tablesOf = ({ files }: ManifestFiles): TableName[] => [
  ...LOADED,
  ...LOADED_IF_THERE.filter(name => files[name]),
]

function createSql(name: TableName): string {
  const { columns } = tableOf(name)
  const definitions = loadedColumns(name).map(column => `${column} ${columns[column]?.type}`)
  return `CREATE TABLE ${name} (${definitions.join(', ')})`
}

/** Number of rows of each table. */
async function countRows(
  database: SqlDatabase,
  names: readonly TableName[],
  signal: AbortSignal,
): Promise<unknown[]> {
  const counts = names.map(name => `(SELECT count(*)::DOUBLE FROM ${name})`)
  const { table } = await database.run(`SELECT ${counts.join(', ')}`, 1, signal)
  return names.map((_, i) => table.getChildAt(i)?.get(0))
}
