import type { Sql } from '../sql'

/** A row as the engine returns it: numbers, strings, booleans and nulls only. */
export type Row = Record<string, unknown>

/**
 * A DuckDB that answers queries: DuckDB-WASM in the browser, native DuckDB in the command line, the server and most
 * tests. Statements must return plain numbers: cast `count(*)` and sums to DOUBLE
 * (exact below 2^53) or INTEGER.
 */
export interface Engine {
  /**
   * All rows of one statement.
   *
   * @throws QueryError if the statement fails; EngineLostError if the engine died.
   * @throws the signal's reason if it is aborted before the answer arrives.
   */
  rows<T extends object>(query: Sql, signal?: AbortSignal): Promise<T[]>
}

/** An engine that can also return columns of millions of ids without an object per row. */
export interface ColumnEngine extends Engine {
  /**
   * The columns of one statement; all must be UINTEGER without NULLs.
   *
   * @throws as `rows` does.
   */
  uints(query: Sql, signal?: AbortSignal): Promise<Uint32Array[]>
}
