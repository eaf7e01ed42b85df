import type { NodeEngine } from '../engine/duckdb.node.ts'
import { seededHashSql } from '../queries/seeded-hash'
import { sql } from '../sql'
import { wantedImages } from './assign-counts-version-1'
import { imagesOf } from './cost.node.ts'
import type { OldSplitPlan, SplitPlan } from './split-plan'

/**
 * Fill `subset_splits` (image_id, split, fold) by image, in a shuffle that depends only on id and seed. Sizes are
 * exact, but slices of the same patient end up in several splits. The result is the same for all versions of recipes.
 */
export async function splitImages(
  engine: NodeEngine,
  plan: SplitPlan | OldSplitPlan,
  seed: number,
): Promise<void> {
  const [train, val, test] = boundsOf(plan, await imagesOf(engine))
  const folds = ('folds' in plan && plan.folds) || null
  await engine.rows(sql`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, CASE WHEN nth <= ${train} THEN 'train' WHEN nth <= ${val} THEN 'val' ELSE 'test' END AS split,
      CASE WHEN nth <= ${train} THEN floor((nth - 1) * ${folds} / ${train})::INTEGER + 1 END AS fold
    FROM (SELECT image_id, row_number() OVER (ORDER BY hash) AS nth
      FROM (SELECT image_id, ${seededHashSql(sql`image_id`, seed)} AS hash FROM subset_images))
    WHERE nth <= ${test}`)
}

/** Number of images up to the end of train, of val, and of test. */
function boundsOf(plan: SplitPlan | OldSplitPlan, images: number): [number, number, number] {
  if ('shares' in plan) {
    const [train, val] = plan.shares
    return [train * images, (train + val) * images, images]
  }
  const [train, val, test] = wantedImages(plan.counts, images)
  return [Math.round(train), Math.round(train + val), Math.round(train + val + test)]
}
