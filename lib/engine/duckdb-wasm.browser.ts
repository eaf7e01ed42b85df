import { AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger } from '@duckdb/duckdb-wasm'
import { EngineLostError, messageOf, QueryError } from '../errors'
import { browserColumns, createTableSql, type TableName } from '../manifest/tables'
import type { Sql } from '../sql'
import { ENGINE_URLS } from './assets'
import type { ColumnEngine } from './engine'

/** DuckDB-WASM in a worker, with methods to load a manifest. */
export interface WasmEngine extends ColumnEngine {
  /** Make empty tables with the columns that the browser loads. */
  createTables(names: readonly TableName[]): Promise<void>
  /** Number of rows of each table. */
  countRows(names: readonly TableName[]): Promise<number[]>
  /** Append an Arrow IPC stream with exactly those columns. */
  insert(name: TableName, ipc: Uint8Array): Promise<void>
  /** Disable access to files, network and settings; inserting still works. */
  lockDown(): Promise<void>
  /** Resolves (never rejects) with the reason when the engine is lost. */
  readonly lost: Promise<EngineLostError>
  close(): void
}

/** The rows of a full-size manifest take about 0.5 GB; a tab has room for this limit and the page. */
const MEMORY_LIMIT = '2GB'

/** Database of the manifest's tables. */
export const HOME = 'manifest'

/** No query of the page takes this long; after it the engine counts as lost. */
const QUERY_TIMEOUT_MS = 60_000

/**
 * Limit of a step of loading. The first step compiles 34 MB of WebAssembly, which takes WebKit eight seconds of
 * processor time, and more than a minute on a busy machine.
 */
const LOAD_TIMEOUT_MS = 10 * 60_000

/** Messages of a crashed WebAssembly instance, which SQL errors never contain. */
const FATAL =
  /RuntimeError|unreachable|memory access out of bounds|table index is out of bounds|Aborted/

/** Whether an error's message means that the database is lost. */
export const isFatal = (message: string): boolean => FATAL.test(message)

/**
 * Start DuckDB-WASM.
 *
 * @param stop Closes the engine when aborted, also while it starts.
 * @throws EngineLostError if the browser cannot run it.
 */
export async function openWasmEngine(stop: AbortSignal): Promise<WasmEngine> {
  const worker = new Worker(ENGINE_URLS.duckdbWorker, { name: 'duckdb' })
  let lose: (error: EngineLostError) => void = () => {}
  const lost = new Promise<EngineLostError>(resolve => {
    lose = resolve
  })
  worker.onerror = event =>
    lose(new EngineLostError(`The database stopped: ${event.message || 'its worker crashed'}`))

  const close = () => {
    worker.terminate()
    lose(new EngineLostError('The database was closed.'))
  }
  stop.addEventListener('abort', close, { once: true })

  const database = new AsyncDuckDB(new VoidLogger(), worker)
  /** The promises of a crashed worker never settle, so callers get `lost` or a timeout instead. */
  const alive = async <T>(work: Promise<T>, timeoutMs: number): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<EngineLostError>(resolve => {
      timer = setTimeout(() => {
        const error = new EngineLostError(`The database did not respond for ${timeoutMs / 1000} s.`)
        lose(error)
        resolve(error)
      }, timeoutMs)
    })
    try {
      const result = await Promise.race([work, lost, timeout])
      if (result instanceof EngineLostError) throw result
      return result
    } finally {
      clearTimeout(timer)
    }
  }

  const connection = await alive(connect(database, MEMORY_LIMIT), LOAD_TIMEOUT_MS)
  const runNow = async ({ text, params }: Sql, timeoutMs: number) => {
    try {
      return await alive(execute(connection, text, params), timeoutMs)
    } catch (cause) {
      if (cause instanceof EngineLostError) throw cause
      const message = messageOf(cause)
      if (!isFatal(message)) throw new QueryError(text, cause)
      const error = new EngineLostError(`The database stopped: ${message}`, { cause })
      lose(error)
      throw error
    }
  }
  const load = (text: string) => runNow({ text, params: [] }, LOAD_TIMEOUT_MS)

  // The worker answers in order, so a query that is aborted before it begins costs nothing.
  const answer = inTurn(async (query: Sql, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    const table = await runNow(query, QUERY_TIMEOUT_MS)
    signal?.throwIfAborted()
    return table
  })

  return {
    lost,
    async rows<T extends object>(query: Sql, signal?: AbortSignal) {
      return (await answer(query, signal)).toArray().map(row => row.toJSON()) as T[]
    },
    async uints(query, signal) {
      const table = await answer(query, signal)
      return table.schema.fields.map(({ name, type }, i) => {
        const values = table.getChildAt(i)?.toArray()
        if (!(values instanceof Uint32Array)) throw new Error(`${name} is ${type}, not UINTEGER`)
        return values
      })
    },
    // One statement for all tables, because the first statement of a kind is slow in WebAssembly.
    async createTables(names) {
      await load(names.map(createBrowserTableSql).join(';'))
    },
    async countRows(names) {
      const counts = names.map((name, i) => `SELECT ${i} AS i, count(*)::DOUBLE AS n FROM ${name}`)
      const table = await load(`${counts.join(' UNION ALL ')} ORDER BY i`)
      return table.toArray().map(row => row.toJSON().n)
    },
    async insert(name, ipc) {
      await alive(
        connection.insertArrowFromIPCStream(ipc, { name, create: false }),
        LOAD_TIMEOUT_MS,
      )
    },
    async lockDown() {
      await load('SET enable_external_access=false; SET lock_configuration=true')
    },
    close,
  }
}

/** A load that failed halfway may have left a table. */
const createBrowserTableSql = (name: TableName): string =>
  `DROP TABLE IF EXISTS ${name}; ${createTableSql(name, name, browserColumns(name))}`

/**
 * Connect to a new database that accesses nothing outside.
 *
 * @param memoryLimit A query that needs more fails with an ordinary error.
 */
export async function connect(
  database: AsyncDuckDB,
  memoryLimit: string,
): Promise<AsyncDuckDBConnection> {
  await database.instantiate(new URL(ENGINE_URLS.duckdbWasm, location.href).href)
  const connection = await database.connect()
  // First, so that a missing function is an error and not a download from a third party.
  await connection.query(`SET autoinstall_known_extensions=false;
    SET autoload_known_extensions=false;
    SET memory_limit='${memoryLimit}';
    ATTACH ':memory:' AS ${HOME} (COMPRESS); USE ${HOME}`)
  return connection
}

async function execute(connection: AsyncDuckDBConnection, text: string, params: Sql['params']) {
  if (params.length === 0) return connection.query(text)
  const statement = await connection.prepare(text)
  try {
    return await statement.query(...params)
  } finally {
    await statement.close()
  }
}

/** Runs calls of a function one after the other, whether they fail or not. */
function inTurn<Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (...args) => {
    const turn = last.then(() => work(...args))
    last = turn.catch(() => {})
    return turn
  }
}
