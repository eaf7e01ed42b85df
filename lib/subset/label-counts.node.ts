import type { NodeEngine } from '../engine/duckdb.node.ts'
import { type Sql, sql } from '../sql'

export interface LabelCount {
  readonly label: string
  /** Images that have the label, and masks of it. */
  readonly images: number
  readonly masks: number
}

/** Images and masks of each label in `subset_masks`, ordered by label name. */
export async function labelCountsOf(engine: NodeEngine): Promise<LabelCount[]> {
  const images = (await hasAllMasks(engine)) ? BY_LABEL_SET : BY_MASK
  return engine.rows<LabelCount>(
    sql`SELECT label, images::DOUBLE AS images, masks::DOUBLE AS masks
      FROM (${images}) JOIN (
        SELECT label, count(*) AS masks FROM subset_masks JOIN labels USING (label_id) GROUP BY label)
        USING (label)
      ORDER BY label`,
  )
}

/** Whether the subset has every mask of its images. */
async function hasAllMasks(engine: NodeEngine): Promise<boolean> {
  const [row] = await engine.rows<{ left: number }>(
    sql`SELECT coalesce(sum(n_masks), 0)::DOUBLE - (SELECT count(*) FROM subset_masks) AS left
      FROM subset_images JOIN images USING (image_id)`,
  )
  return row?.left === 0
}

const BY_MASK: Sql = sql`SELECT label, count(DISTINCT image_id) AS images
  FROM subset_masks JOIN labels USING (label_id) GROUP BY label`

/**
 * Counts by label set if images have all their masks, which takes a fraction of the time. A label set belongs to one
 * dataset, and within a dataset each name is a single label.
 */
const BY_LABEL_SET: Sql = sql`SELECT label, sum(images) AS images
  FROM (SELECT label_set_id, count(*) AS images FROM subset_images JOIN images USING (image_id)
    GROUP BY label_set_id)
  JOIN label_sets USING (label_set_id) JOIN labels USING (label_id) GROUP BY label`
