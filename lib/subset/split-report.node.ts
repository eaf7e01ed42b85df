import type { NodeEngine } from '../engine/duckdb.node.ts'
import { countOf, formatCount } from '../format'
import { type Sql, sql } from '../sql'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { REST, type SplitPlan, sizesOf } from './split-plan'

/** Datasets that go back to the same collection; see data/known-defects.json. */
export interface Family {
  readonly name: string
  readonly datasets: readonly string[]
}

/** What is in the splits, and what is on more than one side. */
export interface SplitReport {
  readonly splits: readonly SideReport[]
  /** Images beyond all counts: on no side, and no longer in the subset. */
  readonly leftOut: number
  /** Cases, groups of exact duplicates (null if unknown) and families with images in several splits. */
  readonly sharedCases: number
  readonly sharedDuplicates: number | null
  readonly sharedFamilies: readonly string[]
  readonly warnings: readonly string[]
}

interface SideReport {
  readonly split: SplitName
  readonly images: number
  readonly cases: number
  /** Images that were asked for; null where they were not counted. */
  readonly asked: number | null
}

/**
 * Count what `subset_splits` has on its sides, and on several of them.
 *
 * @param images Of the subset, before any were left out.
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 */
export async function splitReport(
  engine: NodeEngine,
  plan: SplitPlan,
  images: number,
  families: readonly Family[],
  hasDuplicates: boolean,
): Promise<SplitReport> {
  const found = await engine.rows<Omit<SideReport, 'asked'>>(
    sql`SELECT split, count(*)::DOUBLE AS images, count(DISTINCT case_id)::DOUBLE AS cases
      FROM subset_splits JOIN images USING (image_id) GROUP BY split`,
  )
  const splits = SPLIT_NAMES.map((split, i) => {
    const { images = 0, cases = 0 } = found.find(row => row.split === split) ?? {}
    return { split, images, cases, asked: askedOf(plan, i) }
  })
  const counted = {
    splits,
    leftOut: images - splits.reduce((all, one) => all + one.images, 0),
    sharedCases: await countShared(engine, sql`case_id`, sql`images`),
    sharedDuplicates: hasDuplicates
      ? await countShared(engine, sql`duplicate_group`, sql`duplicates`)
      : null,
    sharedFamilies: await familiesOnSeveral(engine, families),
  }
  return { ...counted, warnings: warningsOf(counted, plan, images) }
}

/** How many values of a key, which a table has by image, are on more than one side. */
async function countShared(engine: NodeEngine, key: Sql, table: Sql): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM (SELECT ${key} FROM subset_splits JOIN ${table} USING (image_id)
      GROUP BY ${key} HAVING count(DISTINCT split) > 1)`,
  )
  return row?.n ?? 0
}

async function familiesOnSeveral(
  engine: NodeEngine,
  families: readonly Family[],
): Promise<string[]> {
  const found: string[] = []
  for (const { name, datasets } of families) {
    const [row] = await engine.rows<{ n: number }>(
      sql`SELECT count(DISTINCT split)::DOUBLE AS n FROM subset_splits JOIN images USING (image_id)
        JOIN datasets USING (dataset_id) WHERE dataset IN ${[...datasets]}`,
    )
    if ((row?.n ?? 0) > 1) found.push(name)
  }
  return found
}

function warningsOf(
  { splits, sharedFamilies, sharedDuplicates }: Omit<SplitReport, 'warnings'>,
  plan: SplitPlan,
  images: number,
): string[] {
  const sum = splits.reduce((all, { asked }) => all + (asked ?? 0), 0)
  const empty = splits.filter((one, i) => one.images === 0 && sizesOf(plan)[i] !== 0)
  return [
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
    ...(sharedDuplicates === null
      ? ['Exact duplicates are not known: only an ingest of the archive finds them.']
      : []),
  ]
}

/** Images that a plan asks for on a side; null if it does not count them. */
function askedOf(plan: SplitPlan, side: number): number | null {
  const size = 'counts' in plan ? plan.counts[side] : undefined
  return size === undefined || size === REST ? null : size
}
