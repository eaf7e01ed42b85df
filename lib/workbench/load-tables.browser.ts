import type { ManifestFiles, Progress } from '../engine/load-manifest.browser.ts'
import { openParquetReader } from '../engine/parquet-reader.browser.ts'
import { filesOf, rowsOf } from '../manifest/files-of'
import { type TableName, tableOf } from '../manifest/tables'
import { openSqlDatabase, type SqlDatabase } from './database.browser.ts'
import { LOADED, LOADED_IF_THERE, loadedColumns, VIEWS } from './schema'

/**
 * Open a database with the manifest's tables and views.
 *
 * @throws UserError that names the file, if one cannot be had or is not as listed.
 * @throws EngineLostError if the browser cannot run the database.
 * @throws the signal's reason if it is aborted.
 */
export async function openWorkbench(
  manifest: ManifestFiles,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<SqlDatabase> {
  const reader = openParquetReader()
  const opening = openSqlDatabase()
  const close = () => {
    reader.close()
    opening.then(
      database => database.close(),
      () => {},
    )
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    const names = tablesOf(manifest)
    const files = names.flatMap(name =>
      filesOf(manifest, name).map(file => ({ name, file, columns: loadedColumns(name) })),
    )
    const bytesTotal = files.reduce((sum, { file }) => sum + file.bytes, 0)
    let bytes = 0
    const database = await opening
    await database.prepare(names.map(createSql).join(';'))
    await reader.read(files, {
      baseUrl: manifest.baseUrl,
      onBytes(more) {
        bytes += more
        onProgress({ bytes, bytesTotal })
      },
      async onBatch(position, ipc) {
        signal.throwIfAborted()
        const name = files[position]?.name
        if (name) await database.insert(name, ipc)
      },
    })
    const views = VIEWS.map(({ name, select }) => `CREATE VIEW ${name} AS ${select}`)
    await database.prepare(views.join(';'))
    await assertRows(database, manifest, names)
    await database.lockDown()
    return database
  } catch (error) {
    close()
    signal.throwIfAborted()
    throw error
  } finally {
    reader.close()
    signal.removeEventListener('abort', close)
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

/** The database takes damaged Arrow data without a word: count what arrived. */
async function assertRows(database: SqlDatabase, manifest: ManifestFiles, names: TableName[]) {
  const counts = names.map(name => `(SELECT count(*)::DOUBLE FROM ${name})`)
  const { table } = await database.run(
    `SELECT ${counts.join(', ')}`,
    1,
    new AbortController().signal,
  )
  for (const [i, name] of names.entries()) {
    const found = table.getChildAt(i)?.get(0)
    const listed = rowsOf(manifest, name)
    if (found !== listed)
      throw new Error(`${name}: ${found} rows arrived, the manifest lists ${listed}; load it again`)
  }
}
