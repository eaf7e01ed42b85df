import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBVector,
  INTEGER,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import type { ColumnType } from '../manifest/columns'

const TYPES: Record<ColumnType, DuckDBType> = {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  INTEGER,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
}

/** Rows of a data chunk of DuckDB. */
const CHUNK_ROWS = 2048

/** A value of a cell; bigint for BIGINT. */
export type CellValue = number | bigint | string | boolean | null

/**
 * Appends rows to a table of the native engine in data chunks: about a million small rows per second, in constant
 * memory. Values must fit the type of the column; this is not checked.
 */
export class TableWriter {
  private readonly chunk: DuckDBDataChunk
  private vectors: DuckDBVector[] = []
  private used = 0
  rows = 0

  private constructor(
    private readonly appender: Awaited<ReturnType<DuckDBConnection['createAppender']>>,
    private readonly types: readonly DuckDBType[],
  ) {
    this.chunk = DuckDBDataChunk.create(types, CHUNK_ROWS)
    this.open()
  }

  /** @param columns Column types in the order of the table. */
  static async open(
    connection: DuckDBConnection,
    table: string,
    columns: readonly ColumnType[],
  ): Promise<TableWriter> {
    const appender = await connection.createAppender(table)
    return new TableWriter(
      appender,
      columns.map(type => TYPES[type]),
    )
  }

  private open() {
    this.vectors = this.types.map((_, i) => this.chunk.getColumnVector(i))
  }

  /** One row, in the order of the columns. */
  append(...row: CellValue[]): void {
    for (let i = 0; i < row.length; i++)
      (this.vectors[i] as DuckDBVector).setItem(this.used, row[i] as CellValue)
    this.used++
    if (this.used === CHUNK_ROWS) this.flushChunk()
  }

  private flushChunk() {
    if (this.used === 0) return
    for (const vector of this.vectors) vector.flush()
    this.chunk.rowCount = this.used
    this.appender.appendDataChunk(this.chunk)
    this.rows += this.used
    this.used = 0
    this.chunk.reset()
    this.chunk.rowCount = CHUNK_ROWS
    this.open()
  }

  /** Write what is buffered and release the appender. */
  close(): void {
    this.flushChunk()
    this.appender.closeSync()
  }
}
