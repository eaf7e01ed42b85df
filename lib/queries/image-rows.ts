import type { Engine } from '../engine/engine'
import type { Dimensions } from '../filter/dimensions'
import { AXES, type Axis } from '../manifest/tables'
import { integer, integers, type Sql, sql } from '../sql'

/** What captions and file names need of an image. */
export interface ImageRow {
  readonly imageId: number
  readonly dataset: string
  readonly modality: string
  readonly submodality: string
  readonly caseId: number
  readonly caseName: string
  readonly axis: Axis
  /** null for axis 2d. */
  readonly slice: number | null
  /** px; null until measured. */
  readonly width: number | null
  readonly height: number | null
  readonly masks: number
}

interface IdsRow {
  readonly image_id: number
  readonly dataset_id: number
  readonly submodality_id: number
  readonly case_id: number
  readonly case_name: string
  readonly axis_id: number
  readonly slice: number | null
  readonly width: number | null
  readonly height: number | null
  readonly n_masks: number
}

/** The images with some ids, in any order; ids that the manifest does not have are left out. */
export async function imageRows(
  engine: Engine,
  dimensions: Dimensions,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<ImageRow[]> {
  if (ids.length === 0) return []
  const rows = await engine.rows<IdsRow>(imageRowsSql(sql`image_id IN ${integers(ids)}`), signal)
  return rows.map(row => named(row, dimensions))
}

/** All images of the case of an image, by axis, slice and sub-modality; empty if there is no such image. */
export async function caseImages(
  engine: Engine,
  dimensions: Dimensions,
  imageId: number,
  signal?: AbortSignal,
): Promise<ImageRow[]> {
  const where = sql`case_id = (SELECT case_id FROM images WHERE image_id = ${integer(imageId)})`
  const rows = await engine.rows<IdsRow>(
    sql`${imageRowsSql(where)} ORDER BY axis_id, slice, submodality_id, image_id`,
    signal,
  )
  return rows.map(row => named(row, dimensions))
}

const imageRowsSql = (where: Sql): Sql => sql`
  SELECT image_id, i.dataset_id, submodality_id, case_id, c.case_name, axis_id, slice, width,
    height, n_masks
  FROM (SELECT image_id, dataset_id, submodality_id, case_id, axis_id, slice, width, height, n_masks
    FROM images WHERE ${where}) AS i JOIN cases AS c USING (case_id)`

function named(row: IdsRow, { datasets, submodalities }: Dimensions): ImageRow {
  const dataset = datasets[row.dataset_id]
  const submodality = submodalities[row.submodality_id]
  const axis = AXES[row.axis_id]
  // Ids are positions in the dimension tables; `verify` checks that.
  if (!dataset || !submodality || !axis) throw new Error(`image ${row.image_id}: unknown ids`)
  return {
    imageId: row.image_id,
    dataset: dataset.dataset,
    modality: submodality.modality,
    submodality: submodality.submodality,
    caseId: row.case_id,
    caseName: row.case_name,
    axis,
    slice: row.slice,
    width: row.width,
    height: row.height,
    masks: row.n_masks,
  }
}
