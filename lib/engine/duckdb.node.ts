import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { QueryError } from '../errors'
import type { Sql } from '../sql'
import type { ColumnEngine } from './engine'

/** The native engine: a `ColumnEngine` with methods to write manifests. */
export interface NodeEngine extends ColumnEngine {
  readonly connection: DuckDBConnection
  /** Run statements that return nothing (DDL, COPY, SET); throws QueryError. */
  run(text: string): Promise<void>
  /** All values of a statement, by column; throws QueryError. */
  columns(text: string): Promise<Record<string, (number | bigint | null)[]>>
  /**
   * Visit each row of a statement of two columns of whole numbers without NULLs. Rows come in chunks, so that
   * tens of millions need no memory of their own; throws QueryError.
   */
  visitPairs(query: Sql, visit: (first: number, second: number) => void): Promise<void>
  close(): void
}

/**
 * Open a native DuckDB.
 *
 * @param path Database file, or ':memory:'.
 * @param settings DuckDB settings, such as memory_limit.
 * @param before Called with the text of every statement before it runs; the statement does not run if it fails.
 */
export async function openNodeEngine(
  path = ':memory:',
  settings: Record<string, string> = {},
  before: (text: string) => Promise<void> = async () => {},
): Promise<NodeEngine> {
  const instance = await DuckDBInstance.create(path, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...settings,
  })
  const connection = await instance.connect()

  // A connection runs one statement at a time, so further statements wait.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  async function read({ text, params }: Sql, signal?: AbortSignal) {
    signal?.throwIfAborted()
    const interrupt = () => connection.interrupt()
    await before(text)
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await connection.runAndReadAll(text, params as DuckDBValue[])
    } catch (cause) {
      signal?.throwIfAborted()
      throw new QueryError(text, cause)
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  return {
    connection,
    run: text =>
      inTurn(async () => {
        await before(text)
        try {
          await connection.run(text)
        } catch (cause) {
          throw new QueryError(text, cause)
        }
      }),
    columns: text =>
      inTurn(async () => {
        await before(text)
        try {
          const reader = await connection.runAndReadAll(text)
          return reader.getColumnsObjectJS() as Record<string, (number | bigint | null)[]>
        } catch (cause) {
          throw new QueryError(text, cause)
        }
      }),
    rows: <T extends object>(query: Sql, signal?: AbortSignal) =>
      inTurn(async () => (await read(query, signal)).getRowObjectsJS() as T[]),
    uints: (query, signal) =>
      inTurn(async () => {
        const reader = await read(query, signal)
        const columns = reader.getColumnsJS()
        // Without rows there are no chunks to take the columns from.
        return Array.from({ length: reader.columnCount }, (_, i) =>
          Uint32Array.from((columns[i] ?? []) as number[]),
        )
      }),
    visitPairs: ({ text, params }, visit) =>
      inTurn(async () => {
        await before(text)
        try {
          const result = await connection.stream(text, params as DuckDBValue[])
          for (;;) {
            const chunk = await result.fetchChunk()
            const rows = chunk?.rowCount ?? 0
            if (chunk === null || rows === 0) return
            const [first, second] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
            for (let row = 0; row < rows; row++)
              visit(first.getItem(row) as number, second.getItem(row) as number)
          }
        } catch (cause) {
          throw new QueryError(text, cause)
        }
      }),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
