import type { Engine } from '../engine/engine'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { type Sql, sql } from '../sql'
import {
  imageCells,
  maskCells,
  type Source,
  selectedImagesWhere,
  selectedMasksWhere,
} from './cells'

/** How much is selected. */
export interface Totals {
  readonly images: number
  readonly masks: number
  /** Datasets with at least one selected image. */
  readonly datasets: number
  /** Sum of the known PNG sizes of the selected images. */
  readonly bytes: number
  /** Selected images whose size is known. */
  readonly sizedImages: number
}

/** Totals of a selection; masks are the selected masks, not all masks of the selected images. */
export async function totals(
  engine: Engine,
  selection: Selection,
  source: Source,
  signal?: AbortSignal,
): Promise<Totals> {
  const [row] = await engine.rows<Totals>(imageTotalsSql(selection, source), signal)
  if (!row) throw new Error('totals: no row')
  if (!hasMaskFacets(selection)) return row
  const [masks] = await engine.rows<{ masks: number }>(maskTotalSql(selection, source), signal)
  return { ...row, masks: masks?.masks ?? 0 }
}

export function imageTotalsSql(selection: Selection, source: Source): Sql {
  const cells = imageCells(source)
  return sql`
    SELECT coalesce(sum(${cells.images}), 0)::DOUBLE AS images,
      coalesce(sum(${cells.masks}), 0)::DOUBLE AS masks,
      count(DISTINCT dataset_id)::DOUBLE AS datasets,
      coalesce(sum(${cells.bytes}), 0)::DOUBLE AS bytes,
      coalesce(sum(${cells.sizedImages}), 0)::DOUBLE AS "sizedImages"
    FROM ${cells.table} WHERE ${selectedImagesWhere(selection, source)}`
}

export function maskTotalSql(selection: Selection, source: Source): Sql {
  const cells = maskCells(source, selection)
  return sql`SELECT coalesce(sum(${cells.masks}), 0)::DOUBLE AS masks
    FROM ${cells.table} WHERE ${selectedMasksWhere(selection, source)}`
}

/** Distinct cases with at least one selected image; needs the rows, no cube holds cases. */
export async function countCases(
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<number> {
  const [row] = await engine.rows<{ cases: number }>(
    sql`SELECT count(DISTINCT case_id)::DOUBLE AS cases FROM images
      WHERE ${selectedImagesWhere(selection, 'rows')}`,
    signal,
  )
  return row?.cases ?? 0
}
