import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { OverlapPair } from '../split/overlap-pairs'
import { sql } from '../sql'
import { imagesOf } from './cost.node.ts'
import { fillCaseMembers } from './members.node.ts'
import { type Recipe, SPLIT_NAMES, type SplitName } from './recipe'
import type { Refusal } from './refusal'
import { dropOrphans } from './select.node.ts'
import { splitImages } from './split-images.node.ts'
import { splitMembers } from './split-members.node.ts'
import { type OldSplitPlan, REST, type SplitPlan } from './split-plan'
import type { HowSplit, SplitReport } from './split-report'
import { splitReport } from './split-report.node.ts'
import { splitVersion1 } from './split-version-1.node.ts'
import { emptyFoldsRefusal, foldsRefusal } from './too-few'
import { wantedSplits } from './wanted-splits'

/** A note for recipes of version 1. */
const OLD_NOTE =
  'Split by version 1, which knows cases but not patients, and gives train the largest ones: a patient may be in several splits. Split with version 2 to split by patient.'

/**
 * Fill `subset_splits` (image_id, split, fold) for the images of `subset_images`, remove images without a split from
 * the subset, and report.
 *
 * @param pairs What is known about overlapping datasets.
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 * @returns The report, or null without a split. If the split is refused, the reason, with the subset unchanged.
 */
export async function splitSubset(
  engine: NodeEngine,
  recipe: Recipe,
  pairs: readonly OverlapPair[],
  hasDuplicates: boolean,
): Promise<SplitReport | Refusal | null> {
  if (!recipe.split) return null
  const images = await imagesOf(engine)
  const how = await drawSplits(engine, recipe, pairs, hasDuplicates)
  if ('reason' in how) return how
  const folds = 'folds' in recipe.split ? recipe.split.folds : undefined
  const empty = folds ? emptyFoldsRefusal(folds, await filledFolds(engine)) : null
  if (empty) return empty
  if ('counts' in recipe.split) await keepSplits(engine, SPLIT_NAMES)
  const left = images - how.excluded.reduce((sum, one) => sum + one.images, 0)
  return splitReport(engine, how, left, askedOf(recipe.split), pairs, hasDuplicates)
}

async function drawSplits(
  engine: NodeEngine,
  recipe: Recipe,
  pairs: readonly OverlapPair[],
  hasDuplicates: boolean,
): Promise<HowSplit | Refusal> {
  const { seed } = recipe
  if (recipe.version === 2 && recipe.split && recipe.split.by !== 'image')
    return splitMembers(engine, recipe.split, seed, pairs, hasDuplicates)
  await fillCaseMembers(engine, 'patient')
  if (recipe.version === 1 && recipe.split) {
    await splitVersion1(engine, recipe.split, seed, hasDuplicates)
    const notes = recipe.split.by === 'case' ? [OLD_NOTE] : []
    return plainly('version-1', recipe.split, notes)
  }
  const { split } = recipe
  if (split && 'folds' in split && split.folds) {
    const images = await imagesOf(engine)
    const counted = { units: images, members: images, by: 'image' }
    const tooFew = foldsRefusal(split.folds, split.shares[2] > 0, counted)
    if (tooFew) return tooFew
  }
  if (split) await splitImages(engine, split, seed)
  return plainly('shuffled-images', recipe.split, [])
}

/** Describe a split without blocks, links or excluded datasets. */
const plainly = (
  algorithm: string,
  plan: SplitPlan | OldSplitPlan | undefined,
  notes: readonly string[],
): HowSplit => ({
  algorithm,
  by: plan?.by ?? 'image',
  overlap: null,
  blocks: [],
  equalPictures: null,
  excluded: [],
  shares: null,
  wanted: plan ? wantedSplits(plan) : [],
  notes,
})

/** Images that a plan requests, by split; null if the plan gives no number. */
const askedOf = (plan: SplitPlan | OldSplitPlan): (number | null)[] =>
  SPLIT_NAMES.map((_, split) => {
    const size = 'counts' in plan ? plan.counts[split] : undefined
    return size === undefined || size === REST ? null : size
  })

const filledFolds = async (engine: NodeEngine): Promise<number> => {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(DISTINCT fold)::DOUBLE AS n FROM subset_splits`,
  )
  return row?.n ?? 0
}

/** Make one fold of train the val split. */
export async function takeFold(engine: NodeEngine, fold: number): Promise<void> {
  await engine.rows(sql`UPDATE subset_splits SET split = 'val' WHERE fold = ${fold}`)
}

/** Keep only the given splits in `subset_images` and `subset_masks`. */
export async function keepSplits(engine: NodeEngine, splits: readonly SplitName[]): Promise<void> {
  await engine.rows(sql`CREATE OR REPLACE TABLE subset_images AS
    FROM subset_images SEMI JOIN (FROM subset_splits WHERE split IN ${splits}) USING (image_id)`)
  await dropOrphans(engine)
}
