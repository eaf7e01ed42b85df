import type { Engine } from '../engine/engine'
import { type AllValueLabel, allValues } from '../filter/all-values'
import type { Dimensions } from '../filter/dimensions'
import type { AllFacetName } from '../filter/facets'
import type { Filter } from '../filter/filter'
import { resolveForFacet, type Selection } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'
import { and, type Sql, sql } from '../sql'
import { imageFacetsWhere, maskRows, requiredLabels, selectedMasksWhere } from './where'

/** A value of a facet in `all`: what is left if it is required as well. */
export interface AllFacetRow extends FacetCount {
  readonly cases: number
}

/**
 * Counts of a facet in `all`, where other mask facets decide too (`countsAlone`): the images that are left if the
 * value is required as well, their cases, and the masks of the value among those that are then selected.
 */
export async function allFacetRows(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  name: AllFacetName,
  signal?: AbortSignal,
): Promise<AllFacetRow[]> {
  const { values, labels } = allValues(filter, name, dimensions)
  const selection = resolveForFacet(filter, name, dimensions)
  const rows = await engine.rows<Omit<AllFacetRow, 'value'> & { value: number }>(
    allFacetSql(selection, labels),
    signal,
  )
  return rows
    .map(row => ({ ...row, value: values[row.value] ?? '' }))
    .sort((a, b) => (a.value < b.value ? -1 : 1))
}

/** As `allFacetRows`, without the cases. */
export async function allFacet(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  name: AllFacetName,
  signal?: AbortSignal,
): Promise<FacetCount[]> {
  const rows = await allFacetRows(engine, dimensions, filter, name, signal)
  return rows.map(({ value, images, masks }) => ({ value, images, masks }))
}

export function allFacetSql(selection: Selection, labels: readonly AllValueLabel[]): Sql {
  // Written into the SQL, so that joins compare integers; the numbers come from our own tables.
  const values: Sql = {
    text: labels
      .map(
        ({ label_id, value, meets, picked }) =>
          `(${label_id}::USMALLINT, ${value}::INTEGER, ${meets}, ${picked})`,
      )
      .join(', '),
    params: [],
  }
  const images = and([imageFacetsWhere(selection), ...requiredLabels(selection)])
  return sql`
    WITH meaning(label_id, value, meets, picked) AS (VALUES ${values}),
    passing AS (
      SELECT image_id, value, count(*) AS masks, bool_or(picked) AS picked
      FROM ${maskRows(selection)} JOIN meaning USING (label_id)
      WHERE ${selectedMasksWhere(selection)} GROUP BY image_id, value),
    having_value AS (
      SELECT DISTINCT image_id, case_id, value
      FROM (SELECT image_id, case_id, label_set_id FROM images WHERE ${images})
      JOIN label_sets USING (label_set_id) JOIN meaning USING (label_id) WHERE meets)
    SELECT value, count(*)::DOUBLE AS images, coalesce(sum(masks), 0)::DOUBLE AS masks,
      count(DISTINCT case_id)::DOUBLE AS cases
    FROM having_value LEFT JOIN passing USING (image_id, value)
    WHERE masks IS NOT NULL OR image_id IN (SELECT image_id FROM passing WHERE picked)
    GROUP BY value`
}
