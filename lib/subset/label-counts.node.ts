import type { NodeEngine } from '../engine/duckdb.node.ts'
import { type Sql, sql } from '../sql'

export interface LabelCount {
  readonly label: string
  /** Images that have the label, and masks of it. */
  readonly images: number
  readonly masks: number
}

/** What `subset_masks` has of each label, in the order of their names. */
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

/** Whether the subset has all masks of its images. */
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
 * Images with all their masks are counted by their label sets, which takes a fraction of the time. A label set
 * is of one dataset, and in a dataset a name is one label.
 */
const BY_LABEL_SET: Sql = sql`SELECT label, sum(images) AS images
  FROM (SELECT label_set_id, count(*) AS images FROM subset_images JOIN images USING (image_id)
    GROUP BY label_set_id)
  JOIN label_sets USING (label_set_id) JOIN labels USING (label_id) GROUP BY label`
