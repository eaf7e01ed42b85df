import type { Selection } from '../filter/selection'
import { integers, type Sql, sql } from '../sql'
import { selectedImagesWhere } from './where'

/** The example image of a region and a modality. */
export interface ExampleChoice {
  readonly region: string
  readonly modality: string
  readonly image_id: number
  /** Selected images of the region and the modality. */
  readonly images: number
}

/**
 * One image for each region and modality, drawn by a hash: every call draws the same image, and regions
 * draw different ones. A modality whose labels have no region gets an example under Unassigned.
 *
 * @returns Statement with the columns of `ExampleChoice`.
 */
export function exampleImagesSql(selection: Selection): Sql {
  const { labelIds } = selection
  return sql`WITH covered AS (
  SELECT DISTINCT label_set_id, coalesce(region, 'Unassigned') AS region
  FROM label_sets JOIN labels USING (label_id)
  WHERE NOT is_union${labelIds ? sql` AND label_id IN ${integers(labelIds)}` : sql``})
SELECT region, modality, arg_min(image_id, md5(region || ' ' || image_id)) AS image_id,
  count(*)::DOUBLE AS images
FROM images JOIN covered USING (label_set_id) JOIN submodalities USING (submodality_id)
WHERE ${selectedImagesWhere(selection)}
GROUP BY region, modality
QUALIFY region <> 'Unassigned' OR count(*) OVER (PARTITION BY modality) = 1
ORDER BY region, images DESC, modality`
}
