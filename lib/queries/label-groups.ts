import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { integers, join, type Sql, sql } from '../sql'
import {
  imageCells,
  imageFacetsWhere,
  maskCells,
  maskFacetsWhere,
  type Source,
  selectedMasksWhere,
} from './cells'

/** Selected images and masks of one group of labels. */
export interface LabelGroupCount {
  readonly group: number
  readonly images: number
  readonly masks: number
}

/**
 * Counts by groups of labels (an organ is a group, so is a single label).
 *
 * @param groupOf Group of each label id, or null where the label is left out. Images count once in
 *   a group, however many of its labels they carry.
 */
export async function labelGroups(
  engine: Engine,
  selection: Selection,
  source: Source,
  groupOf: readonly (number | null)[],
  signal?: AbortSignal,
): Promise<LabelGroupCount[]> {
  const passes = selection.labelIds && new Set(selection.labelIds)
  const pairs = groupOf.flatMap((group, label) =>
    group !== null && (!passes || passes.has(label)) ? [{ label, group }] : [],
  )
  if (pairs.length === 0) return []
  return engine.rows(labelGroupsSql(selection, source, pairs), signal)
}

/** One group of one label, as `labelGroups` pairs them. */
export interface LabelInGroup {
  readonly label: number
  readonly group: number
}

export function labelGroupsSql(
  selection: Selection,
  source: Source,
  pairs: readonly LabelInGroup[],
): Sql {
  const values = pairs.map(({ label, group }) => integers([label, group]))
  const single = new Set(pairs.map(pair => pair.group)).size === pairs.length
  return sql`
    WITH grp(label_id, grp) AS (VALUES ${join(values, ', ')}),
    ${imagesByGroup(selection, source, single)},
    m AS (SELECT grp, sum(n)::DOUBLE AS masks FROM (${masksByLabel(selection, source)})
      JOIN grp USING (label_id) GROUP BY grp)
    SELECT grp AS "group", coalesce(images, 0) AS images, masks
    FROM m LEFT JOIN i USING (grp) ORDER BY grp`
}

function masksByLabel(selection: Selection, source: Source): Sql {
  const cells = maskCells(source, selection)
  return sql`SELECT label_id, sum(${cells.masks}) AS n FROM ${cells.table}
    WHERE ${selectedMasksWhere(selection, source)} GROUP BY label_id`
}

function imagesByGroup(selection: Selection, source: Source, single: boolean): Sql {
  const images = imageFacetsWhere(selection, source)
  if (selection.area)
    return sql`i AS (SELECT grp, count(DISTINCT image_id)::DOUBLE AS images
      FROM ${maskCells('rows', selection).table} JOIN grp USING (label_id)
      WHERE ${images} AND ${maskFacetsWhere(selection)} GROUP BY grp)`
  // An image lies in one cell of the image facets, so images with one label add up over cells.
  if (single && source === 'cubes')
    return sql`i AS (SELECT grp, sum(images)::DOUBLE AS images
      FROM cube_labels JOIN grp USING (label_id) WHERE ${images} GROUP BY grp)`
  const cells = imageCells(source)
  return sql`i AS (SELECT grp, sum(n)::DOUBLE AS images
    FROM (SELECT DISTINCT label_set_id, grp FROM label_sets JOIN grp USING (label_id))
    JOIN (SELECT label_set_id, sum(${cells.images}) AS n FROM ${cells.table}
      WHERE ${images} GROUP BY label_set_id) USING (label_set_id)
    GROUP BY grp)`
}
