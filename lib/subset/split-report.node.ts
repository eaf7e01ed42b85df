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
  const together = await keptTogether(engine, plan, families)
  return { ...counted, warnings: warningsOf(counted, plan, images, together) }
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
  together: readonly (readonly string[])[],
): string[] {
  const sum = splits.reduce((all, { asked }) => all + (asked ?? 0), 0)
  const empty = splits.filter((one, i) => one.images === 0 && sizesOf(plan)[i] !== 0)
  return [
    ...(empty.length > 0
      ? [
          `Could not fill ${listed(empty.map(one => one.split))}: ${togetherText(plan, together)} Add images, or choose other sizes.`,
        ]
      : []),
    ...(sum > images
      ? [
          `${countOf(sum, 'image')} requested, ${formatCount(images)} available: each split gets a proportional part.`,
        ]
      : []),
    ...(plan.by === 'image'
      ? [
          'Split by image: slices of one patient are in several splits, so test scores will be too high.',
        ]
      : []),
    ...(sharedFamilies.length > 0
      ? [`Datasets that may share patients are in several splits: ${sharedFamilies.join(', ')}.`]
      : []),
    ...(sharedDuplicates === null ? ['Duplicate check needs a manifest built from the ZIP.'] : []),
  ]
}

/** Datasets of the subset that a plan keeps in one split, family by family. */
async function keptTogether(
  engine: NodeEngine,
  plan: SplitPlan,
  families: readonly Family[],
): Promise<(readonly string[])[]> {
  if (plan.by === 'image' || !plan.families) return []
  const found = await engine.rows<{ dataset: string }>(
    sql`SELECT DISTINCT dataset FROM subset_splits JOIN images USING (image_id)
      JOIN datasets USING (dataset_id)`,
  )
  const present = new Set(found.map(({ dataset }) => dataset))
  return families
    .map(({ datasets }) => datasets.filter(dataset => present.has(dataset)))
    .filter(datasets => datasets.length > 1)
}

function togetherText({ by }: SplitPlan, together: readonly (readonly string[])[]): string {
  if (together.length > 0) return `${together.map(listed).join('; ')} are kept together.`
  return by === 'case' ? 'all images of a patient are kept together.' : 'there are too few images.'
}

/** "a, b and c" */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Images that a plan asks for on a side; null if it does not count them. */
function askedOf(plan: SplitPlan, side: number): number | null {
  const size = 'counts' in plan ? plan.counts[side] : undefined
  return size === undefined || size === REST ? null : size
}
