import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { countOf, formatCount } from '../format'
import { seededHashSql } from '../queries/seeded-hash'
import { type Sql, sql } from '../sql'
import { assignCounts, type CountedGroup, wantedImages } from './assign-counts'
import { assignSplits, Unions } from './assign-splits'
import { imagesOf } from './cost.node.ts'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { dropOrphans } from './select.node.ts'
import { REST, type SplitPlan, sizesOf } from './split-plan'

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
    /** Images that were asked for; null where they were not counted. */
    readonly asked: number | null
  }[]
  /** Images beyond all counts: on no side, and no longer in the subset. */
  readonly leftOut: number
  /** Cases, groups of exact duplicates (null if unknown) and families with images in several splits. */
  readonly sharedCases: number
  readonly sharedDuplicates: number | null
  readonly sharedFamilies: readonly string[]
  readonly warnings: readonly string[]
}

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
  return reportOf(engine, plan, images, families, hasDuplicates)
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

async function reportOf(
  engine: NodeEngine,
  plan: SplitPlan,
  images: number,
  families: readonly Family[],
  hasDuplicates: boolean,
): Promise<SplitReport> {
  const found = await engine.rows<{ split: SplitName; images: number; cases: number }>(
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
  const asked = SPLIT_NAMES.map((_, i) => askedOf(plan, i))
  const sum = asked.reduce<number>((all, one) => all + (one ?? 0), 0)
  const splits = SPLIT_NAMES.map((split, i) => {
    const { images = 0, cases = 0 } = found.find(row => row.split === split) ?? {}
    return { split, images, cases, asked: asked[i] ?? null }
  })
  const empty = splits.filter(
    one => one.images === 0 && sizesOf(plan)[SPLIT_NAMES.indexOf(one.split)] !== 0,
  )
  const warnings = [
    ...(empty.length > 0
      ? [
          `No image is in ${empty.map(one => one.split).join(' and ')}: what stays together is too large, or there is too little to go round; take more images, or other sizes.`,
        ]
      : []),
    ...(sum > images
      ? [
          `${countOf(sum, 'image')} asked for, and ${formatCount(images)} there: each side gets its part of them.`,
        ]
      : []),
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
    splits,
    leftOut: images - splits.reduce((all, one) => all + one.images, 0),
    ...{ sharedCases, sharedDuplicates, sharedFamilies, warnings },
  }
}

/** Images that a plan asks for on a side; null if it does not count them. */
function askedOf(plan: SplitPlan, side: number): number | null {
  const size = 'counts' in plan ? plan.counts[side] : undefined
  return size === undefined || size === REST ? null : size
}
