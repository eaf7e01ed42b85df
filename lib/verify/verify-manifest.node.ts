import { isDeepStrictEqual } from 'node:util'
import { QueryError, UserError } from '../errors'
import { countOf, formatBytes } from '../format'
import { allFiles } from '../manifest/files-of'
import type { Measured } from '../manifest/manifest'
import { OPTIONAL_TABLES, TABLE_NAMES } from '../manifest/tables'
import { type Sql, sql } from '../sql'
import { countDuplicates } from '../store/count-duplicates.node.ts'
import { countQuality } from '../store/count-quality.node.ts'
import { countRejects } from '../store/count-rejects.node.ts'
import { openFolder } from '../store/open-manifest.node.ts'
import { readManifestJson } from '../store/read-manifest.node.ts'
import { summarize } from '../store/summarize.node.ts'
import { contentId } from '../store/write-manifest.node.ts'
import { MAX_FILE_BYTES } from '../store/write-parquet.node.ts'
import { damagedFiles, unlistedFiles } from './check-files.node.ts'
import { parquetProblem } from './check-parquet.node.ts'
import { flagChecks, OPTIONAL_CHECKS, PIXEL_CHECKS } from './optional-checks'
import { ROW_CHECKS } from './row-checks'
import { TABLE_CHECKS } from './table-checks'

export interface Finding {
  readonly rule: string
  /** Description of the problem; null if the manifest follows the rule. */
  readonly problem: string | null
}

export interface Verification {
  readonly findings: readonly Finding[]
  /** Messages about things that break no rule but should be checked by a person. */
  readonly warnings: readonly string[]
  /** Kind of measures, with the counts of flags; null if the manifest was not measured or a file check failed. */
  readonly measured: Measured | null
  /** Label names without an organ in the taxonomy, with their number of masks. A person should review them. */
  readonly unassigned: readonly { readonly label: string; readonly masks: number }[]
}

/**
 * Check that a manifest is consistent: hashes, schema, keys, order, counts, bins, cubes, summary.
 *
 * If a file does not match the listed size or hash, no further rules are checked.
 *
 * @param onFinding Called with each result as soon as it is known.
 * @throws UserError that names manifest.json, if the file cannot be read or has changed since it was written.
 */
export async function verifyManifest(
  dir: string,
  onFinding: (finding: Finding) => void = () => {},
): Promise<Verification> {
  const folder = await readManifestJson(dir)
  const { manifest } = folder
  const findings: Finding[] = []
  const note = (rule: string, problem: string | null) => {
    findings.push({ rule, problem })
    onFinding({ rule, problem })
  }
  const damaged = await damagedFiles(folder.dir, manifest)
  const warnings = [
    ...(await unlistedFiles(folder.dir, manifest)).map(
      name => `${name} is in the folder, but manifest.json does not list it`,
    ),
    ...allFiles(manifest)
      .filter(({ bytes }) => bytes > MAX_FILE_BYTES)
      .map(
        ({ file, bytes }) =>
          `${file} has ${formatBytes(bytes)}; some hosts refuse files over 20 MB`,
      ),
  ]
  note(
    'every file matches the listed size and hash',
    damaged.length > 0 ? damaged.join('; ') : null,
  )
  const stopped = { findings, warnings, unassigned: [], measured: null }
  if (damaged.length > 0) return stopped
  const opened = await openFolder(folder).catch(error => {
    if (!(error instanceof QueryError)) throw error
    note('every table can be read', error.message.split('\n', 1)[0] ?? '')
  })
  if (!opened) return stopped
  const { engine } = opened
  try {
    note(
      'the manifest’s id is the hash over its files',
      contentId(manifest.files) === manifest.id ? null : `manifest.json says ${manifest.id}`,
    )
    const optional = OPTIONAL_TABLES.filter(name => manifest.files[name])
    for (const table of [...TABLE_NAMES, ...optional]) {
      const problem = await parquetProblem(engine, folder, table)
      note(`${table} has the format’s columns and the listed rows`, problem)
    }
    // If a column is missing, the row checks would fail with errors that do not help the user.
    if (findings.some(({ problem }) => problem !== null)) return stopped
    const checks = [
      ...TABLE_CHECKS,
      ...ROW_CHECKS,
      ...flagChecks(table => manifest.files[table] !== undefined),
      ...optional.flatMap(table => OPTIONAL_CHECKS[table] ?? []),
      ...(manifest.files.quality && manifest.measured?.what === 'pixels' ? PIXEL_CHECKS : []),
    ]
    for (const { rule, offenders } of checks) {
      const n = await one(text(`SELECT n::DOUBLE AS n FROM (${offenders})`))
      note(rule, n === 0 ? null : `${countOf(n, 'row breaks', 'rows break')} this rule`)
    }
    const summary = await summarize(engine)
    note(
      'the summary of manifest.json equals a recount of the rows',
      isDeepStrictEqual(summary, manifest.summary) ? null : 'they differ',
    )
    const rejects = await countRejects(engine)
    note(
      'the counts of rejects in manifest.json equal a recount',
      isDeepStrictEqual(rejects, manifest.rejects) ? null : 'they differ',
    )
    note(
      'the manifest has an archive and a locator, or neither',
      (manifest.archive === undefined) === (manifest.files.locator === undefined)
        ? null
        : 'it has only one of the two',
    )
    const { measured } = manifest
    if (manifest.files.quality)
      note(
        'the counts of quality flags in manifest.json equal a recount',
        isSameCount(await countQuality(engine), measured) ? null : 'they differ',
      )
    if (manifest.files.duplicates)
      note(
        'the counts of duplicates in manifest.json equal a recount',
        isDeepStrictEqual(await countDuplicates(engine), manifest.duplicates)
          ? null
          : 'they differ',
      )
    const unassigned = await engine.rows<{ label: string; masks: number }>(
      sql`SELECT label, sum(masks)::DOUBLE AS masks FROM cube_labels JOIN labels USING (label_id)
        WHERE organ IS NULL GROUP BY label ORDER BY masks DESC, label`,
    )
    return { findings, warnings, unassigned, measured: measured ?? null }
  } finally {
    engine.close()
  }

  async function one(query: Sql): Promise<number> {
    const [row] = await engine.rows<{ n: number }>(query)
    if (!row) throw new UserError(`${dir}: a check returned nothing; write the manifest again`)
    return row.n
  }
}

const isSameCount = (
  counted: Pick<Measured, 'quality' | 'notMeasured'>,
  listed: Measured | undefined,
) =>
  isDeepStrictEqual(counted.quality, listed?.quality) &&
  isDeepStrictEqual(counted.notMeasured, listed?.notMeasured)

const text = (statement: string): Sql => ({ text: statement, params: [] })
