import type { GroupCount } from '../counts/image-groups'
import type { Engine } from '../engine/engine'
import { hasMaskFacets, type Selection } from '../filter/selection'
import type { ImageColumn } from '../manifest/image-attributes'
import { ident, join, literal, type Sql, sql } from '../sql'
import { maskRows, selectedImagesWhere, selectedMasksWhere } from './where'

interface GroupRow {
  readonly grp: ImageColumn
  /** null for what is not measured. */
  readonly id: number | null
  readonly n: number
  readonly m: number
}

/** Counts by several image attributes at once, in one pass over the rows. */
export async function imageGroups(
  engine: Engine,
  selection: Selection,
  groups: readonly ImageColumn[],
  signal?: AbortSignal,
): Promise<Record<string, GroupCount[]>> {
  const byMask = hasMaskFacets(selection)
  const [imageRows, maskRows] = await Promise.all([
    engine.rows<GroupRow>(imageGroupsSql(selection, groups), signal),
    byMask ? engine.rows<GroupRow>(maskGroupsSql(selection, groups), signal) : [],
  ])
  const masks = new Map(maskRows.map(row => [`${row.grp} ${row.id}`, row.n]))
  const counts: Record<string, GroupCount[]> = Object.fromEntries(groups.map(name => [name, []]))
  for (const { grp, id, n, m } of imageRows)
    if (id !== null)
      counts[grp]?.push({ id, images: n, masks: byMask ? (masks.get(`${grp} ${id}`) ?? 0) : m })
  return counts
}

export const imageGroupsSql = (selection: Selection, groups: readonly ImageColumn[]): Sql =>
  groupingSets(
    groups,
    sql`count(*)::DOUBLE AS n, sum(n_masks)::DOUBLE AS m`,
    sql`images`,
    selectedImagesWhere(selection),
  )

export const maskGroupsSql = (selection: Selection, groups: readonly ImageColumn[]): Sql =>
  groupingSets(
    groups,
    sql`count(*)::DOUBLE AS n`,
    maskRows(selection),
    selectedMasksWhere(selection),
  )

function groupingSets(groups: readonly ImageColumn[], measures: Sql, table: Sql, where: Sql): Sql {
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
