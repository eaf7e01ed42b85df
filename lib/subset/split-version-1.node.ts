import fixed from '../../data/families-version-1.json' with { type: 'json' }
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { sql } from '../sql'
import { assignCounts, type CountedGroup } from './assign-counts-version-1'
import { assignSplits, Unions } from './assign-splits-version-1'
import { splitImages } from './split-images.node.ts'
import type { OldSplitPlan } from './split-plan'

/** Datasets from the same collection, as version 1 knows them. */
export interface Family {
  readonly datasets: readonly string[]
}

/**
 * Fill `subset_splits` (image_id, split) for the images of `subset_images` with the algorithm of version 1, which must
 * never change. Cases are assigned largest first, each to the split that lacks most. This skews case sizes and ignores
 * patients; `splitMembers` is the successor.
 *
 * @param families For tests.
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 */
export async function splitVersion1(
  engine: NodeEngine,
  plan: OldSplitPlan,
  seed: number,
  hasDuplicates: boolean,
  families: readonly Family[] = fixed.families,
): Promise<void> {
  if (plan.by === 'image') await splitImages(engine, plan, seed)
  else await splitCases(engine, plan, seed, plan.families ? families : [], hasDuplicates)
}

const STRATUM = {
  none: `'all'`,
  modality: 'modality',
  label: 'label',
} as const

async function splitCases(
  engine: NodeEngine,
  plan: OldSplitPlan,
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
  await engine.run('CREATE OR REPLACE TABLE case_splits (case_id INTEGER, split VARCHAR)')
  const writer = await TableWriter.open(engine.connection, 'case_splits', ['INTEGER', 'VARCHAR'])
  for (const { case_id } of images) {
    const side = assigned.get(unions.find(case_id))
    if (side) writer.append(case_id, side)
  }
  writer.close()
  await engine.run(`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, split, NULL::INTEGER AS fold FROM subset_images JOIN images USING (image_id) JOIN case_splits USING (case_id)`)
}
