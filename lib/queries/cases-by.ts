import type { Engine } from '../engine/engine'
import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { resolveFilter, resolveForFacet, type Selection } from '../filter/selection'
import { and, type Sql, sql } from '../sql'
import { type CaseGroups, type CasesBy, caseGroups } from './case-groups'
import { imageFacetsWhere, maskFacetsWhere, requiredLabels, selectedImagesWhere } from './where'

export type { CasesBy }

/**
 * Distinct cases with a selected image, by value, under all other facets; values without a case are
 * absent. By a label's attribute, an image counts for the values of its selected masks.
 *
 * @param unions Count union masks of label groups too, as the counts of images and masks do.
 */
export async function casesBy(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  by: CasesBy,
  unions: boolean,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const selection =
    by === 'structure' || by === 'datasetStructure'
      ? resolveFilter(filter, dimensions)
      : resolveForFacet(filter, by, dimensions)
  const groups = caseGroups(by, dimensions, unions)
  const passing = groups.of === 'label' ? passingLabels(groups, selection) : groups
  if (passing.members.length === 0) return new Map()
  const rows = await engine.rows<{ grp: number; cases: number }>(
    casesBySql(selection, passing),
    signal,
  )
  return new Map(rows.map(({ grp, cases }) => [groups.values[grp] as string, cases]))
}

function passingLabels(groups: CaseGroups, { labelIds }: Selection): CaseGroups {
  if (!labelIds) return groups
  const passes = new Set(labelIds)
  return { ...groups, members: groups.members.filter(({ id }) => passes.has(id)) }
}

/** Cases by number of group; each case once in a group, however many of its images are selected. */
export function casesBySql(selection: Selection, groups: CaseGroups): Sql {
  // Numbers of our own, written out so that the join compares integers.
  const members: Sql = {
    text: groups.members.map(({ id, grp }) => `(${id}::UINTEGER, ${grp}::UINTEGER)`).join(', '),
    params: [],
  }
  return sql`
    WITH groups(id, grp) AS (VALUES ${members})
    SELECT grp::INTEGER AS grp, count(DISTINCT case_id)::DOUBLE AS cases
    FROM (${casesWithIds(selection, groups)}) JOIN groups USING (id)
    GROUP BY grp`
}

/** Cases, and the ids that their selected images have. */
function casesWithIds(selection: Selection, { of, column }: CaseGroups): Sql {
  if (of === 'image')
    return sql`SELECT DISTINCT case_id, ${column} AS id FROM images
      WHERE ${selectedImagesWhere(selection)}`
  const images = and([imageFacetsWhere(selection), ...requiredLabels(selection)])
  // The labels of an image are those of its set, unless a mask's area decides.
  if (of === 'label' && !selection.area)
    return sql`SELECT DISTINCT case_id, label_id AS id
      FROM (SELECT DISTINCT case_id, label_set_id FROM images WHERE ${images})
      JOIN label_sets USING (label_set_id)`
  return sql`SELECT DISTINCT case_id, ${column} AS id
    FROM (SELECT image_id, label_id, area, area_bin FROM masks)
    JOIN (SELECT image_id, case_id, width, height FROM images WHERE ${images}) USING (image_id)
    WHERE ${maskFacetsWhere(selection)}`
}
