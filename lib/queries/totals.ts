import type { CaseTotals, Totals } from '../counts/totals'
import type { Engine } from '../engine/engine'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { type Sql, sql } from '../sql'
import { maskRows, selectedImagesWhere, selectedMasksWhere } from './where'

/** Totals of a selection; masks are the selected masks, not all masks of the selected images. */
export async function totals(
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<Totals> {
  const [row] = await engine.rows<Totals>(imageTotalsSql(selection), signal)
  if (!row) throw new Error('totals: no row')
  if (!hasMaskFacets(selection)) return row
  const [masks] = await engine.rows<{ masks: number }>(maskTotalSql(selection), signal)
  return { ...row, masks: masks?.masks ?? 0 }
}

export const imageTotalsSql = (selection: Selection): Sql => sql`
  SELECT count(*)::DOUBLE AS images, coalesce(sum(n_masks), 0)::DOUBLE AS masks,
    count(DISTINCT dataset_id)::DOUBLE AS datasets, coalesce(sum(bytes), 0)::DOUBLE AS bytes,
    count(bytes)::DOUBLE AS "sizedImages"
  FROM images WHERE ${selectedImagesWhere(selection)}`

export const maskTotalSql = (selection: Selection): Sql => sql`
  SELECT count(*)::DOUBLE AS masks FROM ${maskRows(selection)}
  WHERE ${selectedMasksWhere(selection)}`

/** Distinct cases with at least one selected image, and their distinct patients. */
export async function countCases(
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<CaseTotals> {
  const [row] = await engine.rows<CaseTotals>(
    sql`SELECT count(*)::DOUBLE AS cases, count(DISTINCT patient_id)::DOUBLE AS patients FROM cases
      SEMI JOIN (SELECT case_id FROM images WHERE ${selectedImagesWhere(selection)}) USING (case_id)`,
    signal,
  )
  return row ?? { cases: 0, patients: 0 }
}
