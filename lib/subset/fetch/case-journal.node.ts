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
  /** Within the target. */
  readonly path: string
  readonly bytes: number
  readonly crc32: number
}

/** What was done for one image: a line of the journal. */
export interface CaseRecord extends CaseReport {
  readonly stem: string
  readonly key: string
  readonly split: string | null
  readonly fold: number | null
  /** CRC-32 of all source files: a case of other content is composed again. */
  readonly source: string
  /** Whether a grey image got three channels because it was asked for. */
  readonly forced: boolean
  readonly image: WrittenFile | null
  readonly map: WrittenFile | null
}

/** Records per read. */
const PAGE = 500

/**
 * The journal of a composed dataset: what was done for each image. Composed pictures are in no archive's directory, so
 * only the journal tells a later run which of them are right. A line that a killed run left half is ignored; of several
 * lines of an image the last counts.
 */
export class CaseJournal {
  private handle: FileHandle | null = null

  /**
   * @param path Of the file.
   * @param run What the dataset is made of; its first line.
   */
  constructor(
    private readonly engine: NodeEngine,
    readonly path: string,
    private readonly run: string,
  ) {}

  /**
   * Read what earlier runs did, and open the file for more.
   *
   * @throws UserError if it is of another dataset.
   */
  async open(out: string): Promise<void> {
    const isThere = (await stat(this.path).catch(() => null))?.size
    if (isThere) await this.load(out)
    else await this.empty()
    this.handle = await open(this.path, 'a')
    await this.handle.appendFile(isThere ? '\n' : `${JSON.stringify({ run: this.run })}\n`)
  }

  /** Add what was done for an image. */
  async add(record: CaseRecord): Promise<void> {
    await this.handle?.appendFile(`${JSON.stringify(record)}\n`)
  }

  /** Records of images that earlier runs did, by stem. */
  async earlier(stems: readonly string[]): Promise<Map<string, CaseRecord>> {
    const rows = await this.engine.rows<{ stem: string; line: string }>(
      sql`SELECT stem, arg_max(line, nth) AS line FROM case_records WHERE stem IN ${stems}
        GROUP BY stem`,
    )
    return new Map(rows.map(({ stem, line }) => [stem, JSON.parse(line) as CaseRecord]))
  }

  /** Read the file again, with what this run did. */
  async reload(out: string): Promise<void> {
    await this.close()
    await this.load(out)
    await this.engine.run(`CREATE OR REPLACE TABLE case_records AS
      SELECT stem, (row_number() OVER (ORDER BY stem) - 1)::UINTEGER AS nth, line
      FROM (SELECT stem, arg_max(line, nth) AS line FROM case_records GROUP BY stem) ORDER BY stem`)
  }

  /** After `reload`: all records in the order of stems. */
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

  /** After `reload`: the text of the file, a line for each image. */
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

/** A line as an object; null for one that a killed run left half. */
function parsed(line: string): { readonly run?: unknown; readonly stem?: unknown } | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
