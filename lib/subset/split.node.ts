import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { seededHashSql } from '../queries/seeded-hash'
import { type Sql, sql } from '../sql'
import { assignCounts, type CountedGroup, wantedImages } from './assign-counts'
import { assignSplits, Unions } from './assign-splits'
import { imagesOf } from './cost.node.ts'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { dropOrphans } from './select.node.ts'
import type { SplitPlan } from './split-plan'
import { type Family, type SplitReport, splitReport } from './split-report.node.ts'

/**
 * Fill `subset_splits` (image_id, split) for the images of `subset_images`, take those out of the subset that
 * are on no side, and say what leaks.
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
  const images = await imagesOf(engine)
  if (plan.by === 'image') await splitImages(engine, plan, seed, images)
  else await splitCases(engine, plan, seed, plan.families ? families : [], hasDuplicates)
  if ('counts' in plan) await keepSides(engine, SPLIT_NAMES)
  return splitReport(engine, plan, images, families, hasDuplicates)
}

/** Leave of `subset_images` and `subset_masks` only what is on some sides of the split. */
export async function keepSides(engine: NodeEngine, sides: readonly SplitName[]): Promise<void> {
  await engine.rows(sql`CREATE OR REPLACE TABLE subset_images AS
    FROM subset_images SEMI JOIN (FROM subset_splits WHERE split IN ${sides}) USING (image_id)`)
  await dropOrphans(engine)
}

async function splitImages(engine: NodeEngine, plan: SplitPlan, seed: number, images: number) {
  const [train, val, test] = boundsOf(plan, images)
  const statement: Sql = sql`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, CASE WHEN nth <= ${train} THEN 'train' WHEN nth <= ${val} THEN 'val' ELSE 'test' END AS split
    FROM (SELECT image_id, row_number() OVER (ORDER BY hash) AS nth
      FROM (SELECT image_id, ${seededHashSql(sql`image_id`, seed)} AS hash FROM subset_images))
    WHERE nth <= ${test}`
  await engine.rows(statement)
}

/** How many images come before the end of train, of val, and of test. */
function boundsOf(plan: SplitPlan, images: number): [number, number, number] {
  if ('shares' in plan) {
    const [train, val] = plan.shares
    return [train * images, (train + val) * images, images]
  }
  const [train, val, test] = wantedImages(plan.counts, images)
  return [Math.round(train), Math.round(train + val), Math.round(train + val + test)]
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
  const groups = new Map<number, { images: number; strata: Map<string, number> }>()
  const images = await engine.rows<{ case_id: number; n: number }>(
    sql`SELECT case_id, count(*)::DOUBLE AS n FROM subset_images JOIN images USING (image_id)
      GROUP BY case_id ORDER BY case_id`,
  )
  for (const { case_id, n } of images) {
    const root = unions.find(case_id)
    const group = groups.get(root) ?? { images: 0, strata: new Map<string, number>() }
    group.images += n
    groups.set(root, group)
  }
  for (const { case_id, stratum, n } of counted) {
    const strata = groups.get(unions.find(case_id))?.strata
    const key = stratum ?? ''
    strata?.set(key, (strata.get(key) ?? 0) + n)
  }
  const list: CountedGroup[] = [...groups].map(([id, group]) => ({ id, ...group }))
  const assigned =
    'counts' in plan ? assignCounts(list, plan.counts, seed) : assignSplits(list, plan.shares, seed)
  await engine.run('CREATE OR REPLACE TABLE case_splits (case_id UINTEGER, split VARCHAR)')
  const writer = await TableWriter.open(engine.connection, 'case_splits', ['UINTEGER', 'VARCHAR'])
  for (const { case_id } of images) {
    const side = assigned.get(unions.find(case_id))
    if (side) writer.append(case_id, side)
  }
  writer.close()
  await engine.run(`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, split FROM subset_images JOIN images USING (image_id) JOIN case_splits USING (case_id)`)
}
