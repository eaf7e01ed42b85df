import type { Engine } from '../engine/engine'
import { integer, sql } from '../sql'
import type { Batch } from './part-file.node.ts'
import { retriedSql } from './retried.node.ts'

/** A batch with the number of images and pictures to measure. */
export interface PlannedBatch extends Batch {
  readonly images: number
  readonly pictures: number
}

/**
 * Divide all images of a manifest into batches.
 *
 * @param sizeOnly Count only images, not masks.
 */
export async function planBatches(
  engine: Engine,
  batchImages: number,
  sizeOnly: boolean,
): Promise<PlannedBatch[]> {
  const rows = await engine.rows<{ batch: number; images: number; masks: number }>(
    sql`SELECT (image_id // ${integer(batchImages)})::INTEGER AS batch, count(*)::INTEGER AS images,
        sum(n_masks)::DOUBLE AS masks
      FROM images GROUP BY batch ORDER BY batch`,
  )
  return rows.map(({ batch, images, masks }) => {
    const from = batch * batchImages
    return { from, to: from + images, images, pictures: images + (sizeOnly ? 0 : masks) }
  })
}

/**
 * Select the batches with pictures of `retriedSql`.
 *
 * @param sizeOnly Count only images, not masks.
 */
export async function planRetried(
  engine: Engine,
  batchImages: number,
  sizeOnly: boolean,
): Promise<PlannedBatch[]> {
  const rows = await engine.rows<{ batch: number; images: number; pictures: number }>(
    sql`SELECT (image_id // ${integer(batchImages)})::INTEGER AS batch,
        count(DISTINCT image_id)::INTEGER AS images, count(*)::DOUBLE AS pictures
      FROM (${retriedSql(sizeOnly)}) GROUP BY batch ORDER BY batch`,
  )
  return rows.map(({ batch, images, pictures }) => {
    const from = batch * batchImages
    return { from, to: from + batchImages, images, pictures }
  })
}
