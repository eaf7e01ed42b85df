import type { Engine } from '../engine/engine'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { ident, join, literal, type Sql, sql } from '../sql'
import {
  imageCells,
  maskCells,
  type Source,
  selectedImagesWhere,
  selectedMasksWhere,
} from './cells'

/** Image attributes that images and masks are grouped by. */
export const IMAGE_GROUPS = ['dataset_id', 'submodality_id', 'axis_id', 'masks_bin'] as const
export type ImageGroup = (typeof IMAGE_GROUPS)[number]

/** Selected images and masks of one value of a group. */
export interface GroupCount {
  readonly id: number
  readonly images: number
  readonly masks: number
}

interface GroupRow {
  readonly grp: ImageGroup
  readonly id: number
  readonly n: number
  readonly m: number
}

/** Counts by several image attributes at once, in one pass over the cells. */
export async function imageGroups(
  engine: Engine,
  selection: Selection,
  source: Source,
  groups: readonly ImageGroup[],
  signal?: AbortSignal,
): Promise<Record<string, GroupCount[]>> {
  const byMask = hasMaskFacets(selection)
  const [imageRows, maskRows] = await Promise.all([
    engine.rows<GroupRow>(imageGroupsSql(selection, source, groups), signal),
    byMask ? engine.rows<GroupRow>(maskGroupsSql(selection, source, groups), signal) : [],
  ])
  const masks = new Map(maskRows.map(row => [`${row.grp} ${row.id}`, row.n]))
  const counts: Record<string, GroupCount[]> = Object.fromEntries(groups.map(name => [name, []]))
  for (const { grp, id, n, m } of imageRows)
    counts[grp]?.push({ id, images: n, masks: byMask ? (masks.get(`${grp} ${id}`) ?? 0) : m })
  return counts
}

export function imageGroupsSql(
  selection: Selection,
  source: Source,
  groups: readonly ImageGroup[],
): Sql {
  const cells = imageCells(source)
  return groupingSets(
    groups,
    sql`sum(${cells.images})::DOUBLE AS n, sum(${cells.masks})::DOUBLE AS m`,
    cells.table,
    selectedImagesWhere(selection, source),
  )
}

export function maskGroupsSql(
  selection: Selection,
  source: Source,
  groups: readonly ImageGroup[],
): Sql {
  // On rows, the number of masks of an image is an attribute of the image: it takes a join.
  const cells =
    source === 'rows' && groups.includes('masks_bin')
      ? maskCells(source, { ...selection, masks: selection.masks ?? {} })
      : maskCells(source, selection)
  return groupingSets(
    groups,
    sql`sum(${cells.masks})::DOUBLE AS n`,
    cells.table,
    selectedMasksWhere(selection, source),
  )
}

function groupingSets(groups: readonly ImageGroup[], measures: Sql, table: Sql, where: Sql): Sql {
  const names = groups.map(ident)
  const which = join(
    groups.map(name => sql`WHEN grouping(${ident(name)}) = 0 THEN ${literal(name)}`),
    ' ',
  )
  return sql`
    SELECT CASE ${which} END AS grp, coalesce(${join(names, ', ')})::INTEGER AS id, ${measures}
    FROM ${table} WHERE ${where}
    GROUP BY GROUPING SETS (${join(
      names.map(name => sql`(${name})`),
      ', ',
    )})
    ORDER BY ALL`
}
