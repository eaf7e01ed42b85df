import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { TableWriter } from '../../engine/table-writer.node.ts'
import { UserError } from '../../errors'
import { integer, sql } from '../../sql'
import type { CaseReport } from '../compose/compose-case.node.ts'

/** A picture that was written. */
export interface WrittenFile {
  /** Path within the target. */
  readonly path: string
  readonly bytes: number
  readonly crc32: number
}

/** The result for an image: a line of the journal. */
export interface CaseRecord extends CaseReport {
  readonly stem: string
  readonly key: string
  readonly split: string | null
  readonly fold: number | null
  /** CRC-32 of all source files. If they change, the case is composed again. */
  readonly source: string
  /** Whether a grey image was converted to three channels on request. */
  readonly forced: boolean
  readonly image: WrittenFile | null
  readonly map: WrittenFile | null
}

/** Number of records per read. */
const PAGE = 500

/**
 * The journal of a composed dataset: the result for each image. Archives do not list composed pictures, so only the
 * journal tells a later run which of them are correct. An incomplete line of a killed run is ignored. If an image has
 * several lines, the last counts.
 */
export class CaseJournal {
  private handle: FileHandle | null = null

  /**
   * @param path Path of the file.
   * @param run What the dataset is made of. This is the first line.
   */
  constructor(
    private readonly engine: NodeEngine,
    readonly path: string,
    private readonly run: string,
  ) {}

  /**
   * Read the results of earlier runs, and open the file to append.
   *
   * @throws UserError if the file belongs to another dataset.
   */
  async open(out: string): Promise<void> {
    const isThere = (await stat(this.path).catch(() => null))?.size
    if (isThere) await this.load(out)
    else await this.empty()
    this.handle = await open(this.path, 'a')
    await this.handle.appendFile(isThere ? '\n' : `${JSON.stringify({ run: this.run })}\n`)
  }

  async add(record: CaseRecord): Promise<void> {
    await this.handle?.appendFile(`${JSON.stringify(record)}\n`)
  }

  /** Records of images from earlier runs, by stem. */
  async earlier(stems: readonly string[]): Promise<Map<string, CaseRecord>> {
    const rows = await this.engine.rows<{ stem: string; line: string }>(
      sql`SELECT stem, arg_max(line, nth) AS line FROM case_records WHERE stem IN ${stems}
        GROUP BY stem`,
    )
    return new Map(rows.map(({ stem, line }) => [stem, JSON.parse(line) as CaseRecord]))
  }

  /** Read the file again, including the records of this run. */
  async reload(out: string): Promise<void> {
    await this.close()
    await this.load(out)
    await this.engine.run(`CREATE OR REPLACE TABLE case_records AS
      SELECT stem, (row_number() OVER (ORDER BY stem) - 1)::UINTEGER AS nth, line
      FROM (SELECT stem, arg_max(line, nth) AS line FROM case_records GROUP BY stem) ORDER BY stem`)
  }

  /** After `reload`: all records, ordered by stem. */
  async *records(): AsyncGenerator<CaseRecord> {
    for (let from = 0; ; from += PAGE) {
      const rows = await this.engine.rows<{ line: string }>(
        sql`SELECT line FROM case_records
          WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
      )
      if (rows.length === 0) return
      for (const { line } of rows) yield JSON.parse(line) as CaseRecord
    }
  }

  /** After `reload`: the text of the file, with a line per image. */
  async *text(): AsyncGenerator<string> {
    yield `${JSON.stringify({ run: this.run })}\n`
    for await (const record of this.records()) yield `${JSON.stringify(record)}\n`
  }

  async close(): Promise<void> {
    await this.handle?.close()
    this.handle = null
  }

  private empty(): Promise<void> {
    return this.engine.run(
      'CREATE OR REPLACE TABLE case_records (stem VARCHAR, nth UINTEGER, line VARCHAR)',
    )
  }

  private async load(out: string): Promise<void> {
    await this.empty()
    const writer = await TableWriter.open(this.engine.connection, 'case_records', [
      ...(['VARCHAR', 'UINTEGER', 'VARCHAR'] as const),
    ])
    try {
      let nth = 0
      for await (const line of createInterface({ input: createReadStream(this.path, 'utf8') })) {
        if (nth++ === 0) {
          if (parsed(line)?.run === this.run) continue
          throw new UserError(
            `${out}: holds another dataset, or one with other options; choose another --out`,
          )
        }
        const stem = parsed(line)?.stem
        if (typeof stem === 'string') writer.append(stem, nth, line)
      }
    } finally {
      writer.close()
    }
  }
}

/** Parse a line as an object; null for an incomplete line of a killed run. */
function parsed(line: string): { readonly run?: unknown; readonly stem?: unknown } | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
