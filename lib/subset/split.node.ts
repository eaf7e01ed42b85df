import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { seededHashSql } from '../queries/seeded-hash'
import { type Sql, sql } from '../sql'
import { assignSplits, type SplitGroup, Unions } from './assign-splits'
import { SPLIT_NAMES, type SplitName, type SplitPlan } from './recipe'
import { dropOrphans } from './select.node.ts'

/** Datasets that go back to the same collection; see data/known-defects.json. */
export interface Family {
  readonly name: string
  readonly datasets: readonly string[]
}

/** What is in the splits, and what is on more than one side. */
export interface SplitReport {
  readonly splits: readonly {
    readonly split: SplitName
    readonly images: number
    readonly cases: number
  }[]
  /** Cases, groups of exact duplicates (null if unknown) and families with images in several splits. */
  readonly sharedCases: number
  readonly sharedDuplicates: number | null
  readonly sharedFamilies: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Fill `subset_splits` (image_id, split) for the images of `subset_images`, and say what leaks.
 *
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 */
export async function splitSubset(
  engine: NodeEngine,
  plan: SplitPlan,
  seed: number,
  families: readonly Family[],
  hasDuplicates: boolean,
): Promise<SplitReport> {
  if (plan.by === 'image') await splitImages(engine, plan, seed)
  else await splitCases(engine, plan, seed, plan.families ? families : [], hasDuplicates)
  return reportOf(engine, plan, families, hasDuplicates)
}

/** Leave of `subset_images` and `subset_masks` only what is on one side of the split. */
export async function keepSide(engine: NodeEngine, side: SplitName): Promise<void> {
  await engine.rows(sql`CREATE OR REPLACE TABLE subset_images AS
    FROM subset_images SEMI JOIN (FROM subset_splits WHERE split = ${side}) USING (image_id)`)
  await dropOrphans(engine)
}

async function splitImages(engine: NodeEngine, { shares }: SplitPlan, seed: number) {
  const [train, val] = shares
  const statement: Sql = sql`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, CASE WHEN nth <= ${train} * n THEN 'train'
      WHEN nth <= ${train + val} * n THEN 'val' ELSE 'test' END AS split
    FROM (SELECT image_id, row_number() OVER (ORDER BY hash) AS nth, count(*) OVER () AS n
      FROM (SELECT image_id, ${seededHashSql(sql`image_id`, seed)} AS hash FROM subset_images))`
  await engine.rows(statement)
}

const STRATUM = {
  none: `'all'`,
  modality: 'modality',
  label: 'label',
} as const

async function splitCases(
  engine: NodeEngine,
  plan: SplitPlan,
  seed: number,
  families: readonly Family[],
  hasDuplicates: boolean,
) {
  const unions = new Unions()
  for (const { datasets } of families) {
    const cases = await engine.rows<{ case_id: number }>(
      sql`SELECT DISTINCT case_id FROM subset_images JOIN images USING (image_id)
        JOIN datasets USING (dataset_id) WHERE dataset IN ${[...datasets]}`,
    )
    for (const { case_id } of cases) unions.join(cases[0]?.case_id ?? case_id, case_id)
  }
  if (hasDuplicates) {
    const pairs = await engine.rows<{ a: number; b: number }>(
      sql`SELECT DISTINCT min(case_id) OVER (PARTITION BY duplicate_group) AS a, case_id AS b
        FROM duplicates JOIN images USING (image_id)`,
    )
    for (const { a, b } of pairs) unions.join(a, b)
  }
  const counted = await engine.rows<{ case_id: number; stratum: string; n: number }>({
    text: `SELECT case_id, ${STRATUM[plan.stratify]} AS stratum, count(DISTINCT image_id)::DOUBLE AS n
      FROM subset_images JOIN images USING (image_id) JOIN submodalities USING (submodality_id)
      ${plan.stratify === 'label' ? 'LEFT JOIN subset_masks USING (image_id) LEFT JOIN labels USING (label_id)' : ''}
      GROUP BY ALL ORDER BY case_id, stratum`,
    params: [],
  })
  const groups = new Map<number, Map<string, number>>()
  for (const { case_id, stratum, n } of counted) {
    const root = unions.find(case_id)
    const strata = groups.get(root) ?? new Map<string, number>()
    const key = stratum ?? ''
    groups.set(root, strata.set(key, (strata.get(key) ?? 0) + n))
  }
  const list: SplitGroup[] = [...groups].map(([id, strata]) => ({ id, strata }))
  const assigned = assignSplits(list, plan.shares, seed)
  await engine.run('CREATE OR REPLACE TABLE case_splits (case_id UINTEGER, split VARCHAR)')
  const writer = await TableWriter.open(engine.connection, 'case_splits', ['UINTEGER', 'VARCHAR'])
  for (const case_id of new Set(counted.map(row => row.case_id)))
    writer.append(case_id, assigned.get(unions.find(case_id)) as SplitName)
  writer.close()
  await engine.run(`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, split FROM subset_images JOIN images USING (image_id) JOIN case_splits USING (case_id)`)
}

async function reportOf(
  engine: NodeEngine,
  plan: SplitPlan,
  families: readonly Family[],
  hasDuplicates: boolean,
): Promise<SplitReport> {
  const splits = await engine.rows<{ split: SplitName; images: number; cases: number }>(
    sql`SELECT split, count(*)::DOUBLE AS images, count(DISTINCT case_id)::DOUBLE AS cases
      FROM subset_splits JOIN images USING (image_id) GROUP BY split`,
  )
  const shared = async (key: string, from: string) => {
    const [row] = await engine.rows<{ n: number }>({
      text: `SELECT count(*)::DOUBLE AS n FROM (SELECT ${key} FROM subset_splits ${from}
        GROUP BY ${key} HAVING count(DISTINCT split) > 1)`,
      params: [],
    })
    return row?.n ?? 0
  }
  const sharedCases = await shared('case_id', 'JOIN images USING (image_id)')
  const sharedDuplicates = hasDuplicates
    ? await shared('duplicate_group', 'JOIN duplicates USING (image_id)')
    : null
  const sharedFamilies: string[] = []
  for (const { name, datasets } of families) {
    const [row] = await engine.rows<{ n: number }>(
      sql`SELECT count(DISTINCT split)::DOUBLE AS n FROM subset_splits JOIN images USING (image_id)
        JOIN datasets USING (dataset_id) WHERE dataset IN ${[...datasets]}`,
    )
    if ((row?.n ?? 0) > 1) sharedFamilies.push(name)
  }
  const warnings = [
    ...(plan.by === 'image'
      ? ['Split by image: slices of one patient are on several sides, and scores will be too good.']
      : []),
    ...(sharedFamilies.length > 0
      ? [
          `Datasets of one family are on several sides (${sharedFamilies.join(', ')}): the same patients may be in them.`,
        ]
      : []),
    ...(hasDuplicates
      ? []
      : ['Exact duplicates are not known: only an ingest of the archive finds them.']),
  ]
  return {
    splits: SPLIT_NAMES.flatMap(name => splits.filter(({ split }) => split === name)),
    ...{ sharedCases, sharedDuplicates, sharedFamilies, warnings },
  }
}
