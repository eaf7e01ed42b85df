import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm'
import { type RecordBatch, type Schema, Table } from 'apache-arrow'
import { ENGINE_URLS } from '../engine/assets'
import { connect, HOME, isFatal } from '../engine/duckdb-wasm.browser.ts'
import { EngineLostError, messageOf } from '../errors'
import { problemText } from './problem-text'

/** The answer of a statement. */
export interface Answer {
  readonly table: Table
  /** Whether the statement has more rows: reading stopped at the limit. */
  readonly isCut: boolean
  readonly ms: number
}

/** A separate DuckDB-WASM for statements that readers write, so that a crash does not affect the page. */
export interface SqlDatabase {
  /** Run statements of the program, before `lockDown`. */
  prepare(text: string): Promise<void>
  insert(table: string, ipc: Uint8Array): Promise<void>
  /** Disable access to files, network and settings. */
  lockDown(): Promise<void>
  /**
   * Run a statement and keep its first rows.
   *
   * @throws Error with the database's message if the statement is wrong or needs too much memory.
   * @throws EngineLostError if the database is gone; it must be opened again.
   * @throws the signal's reason if it is aborted before the answer.
   */
  run(text: string, maxRows: number, signal: AbortSignal): Promise<Answer>
  /** Run a statement and call back with all its rows. @throws as `run`. */
  each(
    text: string,
    take: (batch: RecordBatch, schema: Schema) => void,
    signal: AbortSignal,
  ): Promise<void>
  close(): void
}

/** A statement that needs more fails with an ordinary error. */
const MEMORY_LIMIT = '1500MB'

/** What a statement with a word in it may leave to the next one, and what undoes it. */
const UNDO: readonly (readonly [RegExp, string])[] = [
  [/\b(begin|start)\b/i, 'ROLLBACK'],
  [/\b(use|set)\b/i, `USE ${HOME}`],
]

/** Most statements stop at once; after so long the database is closed with the statement. */
const CANCEL_MS = 1500

/**
 * @param stop Closes the database when aborted, also while it starts.
 * @throws EngineLostError if the browser cannot run it.
 */
export async function openSqlDatabase(stop: AbortSignal): Promise<SqlDatabase> {
  const worker = new Worker(ENGINE_URLS.duckdbWorker, { name: 'sql' })
  let lose: (error: EngineLostError) => void = () => {}
  // The promises of a crashed worker never settle, so callers get this rejection instead.
  const lost = new Promise<never>((_, reject) => {
    lose = reject
  })
  lost.catch(() => {})
  worker.onerror = event =>
    lose(new EngineLostError(`The database stopped: ${event.message || 'its worker crashed'}`))
  const close = () => {
    worker.terminate()
    lose(new EngineLostError('The database was closed.'))
  }
  stop.addEventListener('abort', close, { once: true })
  const alive = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await Promise.race([work, lost])
    } catch (cause) {
      if (cause instanceof EngineLostError) throw cause
      const message = messageOf(cause)
      if (!isFatal(message)) throw new Error(problemText(message), { cause })
      const error = new EngineLostError(`The database stopped: ${message}`, { cause })
      lose(error)
      throw error
    }
  }
  const connection = await alive(connect(new AsyncDuckDB(new VoidLogger(), worker), MEMORY_LIMIT))

  /** Read batches until `take` returns that it has enough. */
  async function read(
    text: string,
    signal: AbortSignal,
    take: (batch: RecordBatch, schema: Schema) => boolean,
  ): Promise<Schema> {
    signal.throwIfAborted()
    let isOver = false
    const stop = () => {
      connection.cancelSent().catch(() => {})
      setTimeout(() => {
        if (isOver) return
        worker.terminate()
        lose(new EngineLostError('The statement did not stop, so the database was closed.'))
      }, CANCEL_MS)
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      const reader = await alive(connection.send(text, true))
      await alive(reader.open())
      for (;;) {
        const { done, value } = await alive(reader.next())
        signal.throwIfAborted()
        if (done) break
        if (!take(value, reader.schema)) {
          await alive(connection.cancelSent())
          break
        }
      }
      return reader.schema
    } catch (error) {
      if (error instanceof EngineLostError) throw error
      signal.throwIfAborted()
      throw error
    } finally {
      isOver = true
      signal.removeEventListener('abort', stop)
      await startOver(text)
    }
  }

  /** Undo BEGIN and USE, so that a statement does not depend on those before it. */
  async function startOver(ran: string): Promise<void> {
    // A word that was no command leaves nothing to undo; a lost database is reported by the statement itself.
    for (const [word, text] of UNDO)
      if (word.test(ran)) await alive(connection.query(text)).catch(() => {})
  }

  return {
    async prepare(text) {
      await alive(connection.query(text))
    },
    async insert(table, ipc) {
      await alive(connection.insertArrowFromIPCStream(ipc, { name: table, create: false }))
    },
    async lockDown() {
      await alive(connection.query('SET enable_external_access=false; SET lock_configuration=true'))
    },
    async run(text, maxRows, signal) {
      const start = performance.now()
      const batches: RecordBatch[] = []
      let rows = 0
      let isCut = false
      const schema = await read(text, signal, batch => {
        const room = maxRows - rows
        isCut = batch.numRows > room
        batches.push(isCut ? batch.slice(0, room) : batch)
        rows += Math.min(room, batch.numRows)
        return !isCut
      })
      const table = batches.length > 0 ? new Table(batches) : new Table(schema)
      return { table, isCut, ms: performance.now() - start }
    },
    async each(text, take, signal) {
      await read(text, signal, (batch, schema) => {
        take(batch, schema)
        return true
      })
    },
    close,
  }
}
