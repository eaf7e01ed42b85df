import { openNodeEngine } from '../../engine/duckdb.node.ts'
import { QueryError, UserError } from '../../errors'
import { exactPath } from '../../sql'
import type { ListSink } from './list-sink'
import { addRow, columnsOf } from './table-row'

/** The table is read in chunks, so only the row groups in use take memory. */
const MEMORY = '300MB'

/** Separator for a list within a cell. File names have no line ends. */
const BETWEEN = '\n'

/**
 * Read a Parquet table as rows of a list. It reads text columns, columns with lists of text, and `path` or `file_name`
 * in structs.
 *
 * @param path Path of the file.
 * @param where Name of the file, for messages.
 * @throws UserError if the file is damaged or has no text column.
 */
export async function readParquetList(path: string, where: string, sink: ListSink): Promise<void> {
  const engine = await openNodeEngine(':memory:', { memory_limit: MEMORY, threads: '2' })
  const table = `read_parquet(${exactPath(path)}, hive_partitioning = false)`
  try {
    const columns = await engine.rows<{ column_name: string; column_type: string }>({
      text: `DESCRIBE FROM ${table}`,
      params: [],
    })
    const texts = columns.flatMap(({ column_name: name, column_type: type }) => {
      const column = textOf(name, type)
      return column === null ? [] : [{ name, column }]
    })
    if (texts.length === 0)
      throw new UserError(
        `${where}: has no column of text among ${columns.map(({ column_name }) => column_name).join(', ')}; name the files in a column such as image or mask`,
      )
    const header = columnsOf(texts.map(({ name }) => name))
    const result = await engine.connection.stream(
      `SELECT ${texts.map(({ column }) => column).join(', ')} FROM ${table}`,
    )
    for (let row = 1; ; ) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      for (const values of chunk.getRows()) {
        const cells = values.map(value => (typeof value === 'string' ? value : ''))
        addRow(cells, header, cells.join(', '), row++, sink)
      }
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    const { message } = cause instanceof QueryError ? (cause.cause as Error) : (cause as Error)
    throw new UserError(
      `${where}: cannot be read as Parquet (${message.split('\n')[0]}); write or copy it again`,
      1,
      { cause },
    )
  } finally {
    engine.close()
  }
}

/** SQL for the text of a column; null for a column without text. */
function textOf(name: string, type: string): string | null {
  const column = `"${name.replaceAll('"', '""')}"`
  if (/^(VARCHAR|ENUM)/.test(type) && !type.endsWith(']')) return `${column}::VARCHAR`
  if (/^(VARCHAR|ENUM\(.*\))\[\]$/.test(type)) return `array_to_string(${column}, '${BETWEEN}')`
  const [, field] = /^STRUCT\(.*\b(path|file_name)"? VARCHAR\b.*\)$/.exec(type) ?? []
  return field === undefined ? null : `${column}.${field}`
}
