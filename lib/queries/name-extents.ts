import type { Engine } from '../engine/engine'
import { type Sql, sql } from '../sql'

/** Number of values of each facet in one dataset or label; its page reserves room for them. */
export interface NameExtent {
  /** Label names without merged labels. */
  readonly labels: number
  readonly datasets: number
  readonly modalities: number
  readonly submodalities: number
  readonly axes: number
  /** Bins of the number of masks. */
  readonly masks: number
  /** Organs of labels that are not merged; Unassigned counts as an organ. */
  readonly organs: number
}

type ExtentRow = NameExtent & { readonly name: string }

/** Extents by dataset name, from the cubes; datasets without an image are absent. */
export const datasetExtents = async (engine: Engine): Promise<Map<string, NameExtent>> =>
  byName(await engine.rows<ExtentRow>(datasetExtentsSql()))

/** Extents by label name, over all its meanings; labels without a mask are absent. */
export const labelExtents = async (engine: Engine): Promise<Map<string, NameExtent>> =>
  byName(await engine.rows<ExtentRow>(labelExtentsSql()))

const byName = (rows: readonly ExtentRow[]) =>
  new Map(rows.map(({ name, ...extent }): [string, NameExtent] => [name, extent]))

/** Reads two cubes, because only the cube of images has images without a mask, and only the other has labels. */
export function datasetExtentsSql(): Sql {
  return sql`
    WITH images AS (
      SELECT dataset_id, count(DISTINCT modality)::INTEGER AS modalities,
        count(DISTINCT submodality_id)::INTEGER AS submodalities,
        count(DISTINCT axis_id)::INTEGER AS axes, count(DISTINCT masks_bin)::INTEGER AS masks
      FROM cube_images JOIN submodalities USING (submodality_id) GROUP BY dataset_id
    ), labelled AS (
      SELECT dataset_id, count(DISTINCT label)::INTEGER AS labels,
        count(DISTINCT coalesce(organ, ''))::INTEGER AS organs
      FROM (SELECT DISTINCT dataset_id, label_id FROM cube_labels) JOIN labels USING (label_id)
      WHERE NOT is_union GROUP BY dataset_id
    )
    SELECT dataset AS name, 1 AS datasets, modalities, submodalities, axes, masks,
      coalesce(labels, 0)::INTEGER AS labels, coalesce(organs, 0)::INTEGER AS organs
    FROM images JOIN datasets USING (dataset_id) LEFT JOIN labelled USING (dataset_id)`
}

/** The page of a merged label counts merged masks too, so it has all organs of the label. */
export function labelExtentsSql(): Sql {
  return sql`
    SELECT label AS name, 1 AS labels, count(DISTINCT dataset_id)::INTEGER AS datasets,
      count(DISTINCT modality)::INTEGER AS modalities,
      count(DISTINCT submodality_id)::INTEGER AS submodalities,
      count(DISTINCT axis_id)::INTEGER AS axes, count(DISTINCT masks_bin)::INTEGER AS masks,
      count(DISTINCT coalesce(organ, ''))::INTEGER AS organs
    FROM cube_labels JOIN labels USING (label_id) JOIN submodalities USING (submodality_id)
    GROUP BY label`
}
