import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { TableWriter } from '../../engine/table-writer.node.ts'
import { integer, sql } from '../../sql'
import { SPLIT_NAMES } from '../recipe'
import { fieldOf, keyOf, type SampleFacts, STEM_SQL, sampleJson, stemOf } from './sample'
import type { WantedFile } from './sink'
import { WANTED_COLUMNS, type Wanted, type WantedRow } from './wanted'

/** An image with its masks, as a sample for a shard. */
export interface Sample {
  readonly split: string | null
  readonly key: string
  /** Files with the names of their fields. */
  readonly files: readonly { readonly name: string; readonly file: WantedFile }[]
  readonly json: string
  /** Paths of pictures that are in the subset but not in the archive or folder. */
  readonly lost: readonly string[]
}

/** Number of samples per read. */
const PAGE = 1_000

/**
 * Number the samples of wanted files, by split and then in the order of their first files in the archive. Fills the
 * tables `samples` and `sample_files` for `readSamples`.
 *
 * @param lines The subset as `jsonl`, line by line; null if only names are known.
 * @returns Number of samples.
 */
export async function stageSamples(
  { engine }: Wanted,
  lines: AsyncIterable<string> | null,
): Promise<number> {
  await engine.run('CREATE OR REPLACE TABLE facts (stem VARCHAR, split VARCHAR, json VARCHAR)')
  if (lines) await writeFacts(engine, lines)
  const splits = SPLIT_NAMES.map(name => `'${name}'`).join(', ')
  await engine.run(`CREATE OR REPLACE TABLE samples AS
    SELECT (row_number() OVER (ORDER BY list_position([${splits}], split), first) - 1)::UINTEGER AS sample,
      stem, split, json
    FROM (SELECT ${STEM_SQL} AS stem, min(nth) AS first FROM wanted GROUP BY ALL)
      LEFT JOIN facts USING (stem)
    ORDER BY sample`)
  await engine.run('DROP TABLE facts')
  await engine.run(`CREATE OR REPLACE TABLE sample_files AS
    SELECT sample, w.* EXCLUDE (stem, nth) FROM (SELECT *, ${STEM_SQL} AS stem FROM wanted) w
      JOIN samples USING (stem) ORDER BY sample, path`)
  const [row] = await engine.rows<{ n: number }>(sql`SELECT count(*)::DOUBLE AS n FROM samples`)
  return row?.n ?? 0
}

async function writeFacts(engine: NodeEngine, lines: AsyncIterable<string>): Promise<void> {
  const writer = await TableWriter.open(engine.connection, 'facts', [
    ...(['VARCHAR', 'VARCHAR', 'VARCHAR'] as const),
  ])
  try {
    for await (const line of lines) {
      const { path, split } = JSON.parse(line) as SampleFacts
      writer.append(stemOf(path), split, line)
    }
  } finally {
    writer.close()
  }
}

/** Samples `first` to `last`, inclusive, in order. */
export async function* readSamples(
  { engine, fileOf }: Wanted,
  first: number,
  last: number,
): AsyncGenerator<Sample> {
  for (let from = first; from <= last; from += PAGE) {
    const range = sql`sample BETWEEN ${integer(from)} AND ${integer(Math.min(from + PAGE - 1, last))}`
    const samples = await engine.rows<{
      sample: number
      stem: string
      split: string | null
      json: string | null
    }>(sql`SELECT sample, stem, split, json FROM samples WHERE ${range} ORDER BY sample`)
    const rows = await engine.rows<WantedRow & { sample: number }>(
      sql`SELECT sample, ${{ text: WANTED_COLUMNS, params: [] }} FROM sample_files WHERE ${range}
        ORDER BY sample, path`,
    )
    let at = 0
    for (const { sample, stem, split, json } of samples) {
      const key = keyOf(stem)
      const files: { name: string; file: WantedFile }[] = []
      for (let row = rows[at]; row?.sample === sample; row = rows[++at]) {
        const { sample: _, ...wanted } = row
        files.push({ name: `${key}.${fieldOf(row.path)}`, file: fileOf(wanted) })
      }
      const facts = json === null ? null : (JSON.parse(json) as SampleFacts)
      const paths = files.map(({ file }) => file.path)
      const there = new Set(paths)
      const all = facts ? [facts.path, ...facts.masks.map(mask => mask.path)] : []
      const lost = all.filter(path => !there.has(path))
      yield { split, key, files, json: sampleJson(paths, facts), lost }
    }
  }
}
