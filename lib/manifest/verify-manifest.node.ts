import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../errors'
import { type Sql, sql } from '../sql'
import { countDuplicates } from './count-duplicates.node.ts'
import { countQuality } from './count-quality.node.ts'
import { rowsOf } from './files-of'
import type { Manifest, Measured } from './manifest'
import { openManifest } from './open-manifest.node.ts'
import { flagChecks, OPTIONAL_CHECKS, PIXEL_CHECKS } from './optional-checks'
import { ROW_CHECKS } from './row-checks'
import { summarize } from './summarize.node.ts'
import { OPTIONAL_TABLES, TABLE_NAMES, type TableName, tableOf } from './tables'
import { contentId } from './write-manifest.node.ts'

export interface Finding {
  readonly rule: string
  /** What breaks the rule, in words; null if it holds. */
  readonly problem: string | null
}

export interface Verification {
  readonly findings: readonly Finding[]
  /** What was measured, with the flags that were found; null if nothing was. */
  readonly measured: Measured | null
  /** Label names that the taxonomy assigns to no organ, with their masks: for people to judge. */
  readonly unassigned: readonly { readonly label: string; readonly masks: number }[]
}

/**
 * Check a manifest against itself: hashes, schema, keys, order, counts, bins, cubes, summary.
 *
 * @param onFinding Told each result as it comes.
 * @throws UserError if the manifest cannot be read at all.
 */
export async function verifyManifest(
  dir: string,
  onFinding: (finding: Finding) => void = () => {},
): Promise<Verification> {
  const { engine, manifest } = await openManifest(dir, { verifyHashes: true })
  const findings: Finding[] = []
  const note = (rule: string, problem: string | null) => {
    findings.push({ rule, problem })
    onFinding({ rule, problem })
  }
  try {
    note('every file has the listed size and hash', null)
    note(
      'the manifest’s id is the hash over its files',
      contentId(manifest.files) === manifest.id ? null : `it says ${manifest.id}`,
    )
    const optional = OPTIONAL_TABLES.filter(name => manifest.files[name])
    for (const table of [...TABLE_NAMES, ...optional]) {
      const columns = await engine.rows<{ column_name: string; column_type: string }>(
        text(`DESCRIBE ${table}`),
      )
      note(
        `${table} has the format’s columns and the listed rows`,
        columnProblem(table, columns) ?? (await rowsProblem(manifest, table, query => one(query))),
      )
    }
    const checks = [
      ...ROW_CHECKS,
      ...flagChecks(table => manifest.files[table] !== undefined),
      ...optional.flatMap(table => OPTIONAL_CHECKS[table] ?? []),
      ...(manifest.files.quality && manifest.measured?.what === 'pixels' ? PIXEL_CHECKS : []),
    ]
    for (const { rule, offenders } of checks) {
      const n = await one(text(`SELECT n::DOUBLE AS n FROM (${offenders})`))
      note(rule, n === 0 ? null : `${n} rows break it`)
    }
    const summary = await summarize(engine)
    note(
      'the summary equals a recount',
      isDeepStrictEqual(summary, manifest.summary) ? null : 'it differs',
    )
    const { measured } = manifest
    if (manifest.files.quality)
      note(
        'manifest.json counts the rows of quality',
        isDeepStrictEqual(await countQuality(engine), measured?.quality) ? null : 'it differs',
      )
    if (manifest.files.duplicates)
      note(
        'manifest.json counts the rows of duplicates',
        isDeepStrictEqual(await countDuplicates(engine), manifest.duplicates) ? null : 'it differs',
      )
    const unassigned = await engine.rows<{ label: string; masks: number }>(
      sql`SELECT label, sum(masks)::DOUBLE AS masks FROM cube_labels JOIN labels USING (label_id)
        WHERE organ IS NULL GROUP BY label ORDER BY masks DESC, label`,
    )
    return { findings, unassigned, measured: measured ?? null }
  } finally {
    engine.close()
  }

  async function one(query: Sql): Promise<number> {
    const [row] = await engine.rows<{ n: number }>(query)
    if (!row) throw new UserError(`${dir}: a check returned nothing; write the manifest again`)
    return row.n
  }
}

const text = (statement: string): Sql => ({ text: statement, params: [] })

function columnProblem(
  table: TableName,
  found: readonly { column_name: string; column_type: string }[],
): string | null {
  const has = found.map(row => `${row.column_name} ${row.column_type}`).join(', ')
  const needs = Object.entries(tableOf(table).columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ')
  return has === needs ? null : `it has ${has}; the format asks for ${needs}`
}

async function rowsProblem(
  manifest: Manifest,
  table: TableName,
  one: (query: Sql) => Promise<number>,
): Promise<string | null> {
  const rows = rowsOf(manifest, table)
  const found = await one(text(`SELECT count(*)::DOUBLE AS n FROM ${table}`))
  return found === rows ? null : `it has ${found} rows, manifest.json lists ${rows}`
}
