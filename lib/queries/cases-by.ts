import type { Engine } from '../engine/engine'
import { countsAlone } from '../filter/all-values'
import type { Dimensions } from '../filter/dimensions'
import { ALL_FACET_NAMES, type AllFacetName, type FacetName } from '../filter/facets'
import { type Filter, withAll, withoutFacet } from '../filter/filter'
import { countedMasks, resolveFilter, resolveForFacet, type Selection } from '../filter/selection'
import { and, ident, join, type Sql, sql } from '../sql'
import { allFacetRows } from './all-facet'
import { type CaseAttribute, type CaseGroups, caseGroups } from './case-groups'
import { imageFacetsWhere, maskFacetsWhere, requiredLabels, selectedImagesWhere } from './where'

/** Two attributes at once, for the charts that show pairs of values. */
export type CasePair =
  | 'organ × modality'
  | 'organ × submodality'
  | 'dataset × organ'
  | 'width × height'
export type CasesBy = CaseAttribute | CasePair

/** Between the two values of a pair. */
const SEPARATOR = '\u001f'

/** The key of a pair of values in its counts. */
export const pairKey = (values: readonly string[]): string => values.join(SEPARATOR)

export const isCasePair = (by: CasesBy): by is CasePair => by.includes(' × ')

/**
 * Distinct cases with a selected image, by value, under all other facets; values without a case are
 * absent. By an attribute of labels, an image counts for each value of its selected masks. Pairs have the
 * key `pairKey` and are counted under all facets, except that sizes ignore the facets width and height.
 */
export async function casesBy(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  by: CasesBy,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  if (isAll(by) && countsAlone(filter, by)) {
    const rows = await allFacetRows(engine, dimensions, filter, by, signal)
    return new Map(rows.map(({ value, cases }) => [value, cases]))
  }
  const selection = selectionFor(by, filter, dimensions)
  const attributes = by.split(' × ') as CaseAttribute[]
  const groups = attributes.map(attribute => passing(caseGroups(attribute, dimensions), selection))
  if (groups.some(({ members }) => members.length === 0)) return new Map()
  const rows = await engine.rows<Record<string, number>>(casesBySql(selection, groups), signal)
  return new Map(
    rows.map(row => [
      pairKey(groups.map(({ values }, i) => values[row[`grp${i}`] as number] as string)),
      row.cases as number,
    ]),
  )
}

const isAll = (by: CasesBy): by is AllFacetName => ALL_FACET_NAMES.some(name => name === by)

function selectionFor(by: CasesBy, filter: Filter, dimensions: Dimensions): Selection {
  if (by === 'width × height')
    return resolveFilter(withoutFacet(withoutFacet(filter, 'width'), 'height'), dimensions)
  if (by === 'datasetStructure') return resolveFilter(filter, dimensions)
  if (by === 'structure') return countedMasks(resolveFilter(filter, dimensions), dimensions)
  // One organ is picked in place of all that an image must have.
  if (isCasePair(by))
    return countedMasks(resolveFilter(withAll(filter, 'organ', false), dimensions), dimensions)
  return resolveForFacet(filter, by satisfies FacetName, dimensions)
}

function passing(groups: CaseGroups, { labelIds }: Selection): CaseGroups {
  if (groups.of !== 'label' || !labelIds) return groups
  const passes = new Set(labelIds)
  return { ...groups, members: groups.members.filter(({ id }) => passes.has(id)) }
}

/** Cases by the numbers of their groups; each case counts once, however many of its images are selected. */
export function casesBySql(selection: Selection, groups: readonly CaseGroups[]): Sql {
  const numbers = join(
    groups.map((_, i) => ident(`grp${i}`)),
    ', ',
  )
  const lists = groups.map(
    ({ members }, i) => sql`${ident(`list${i}`)}(${idOf(i)}, ${ident(`grp${i}`)}) AS (
      VALUES ${integerPairs(members.map(({ id, grp }) => [id, grp]))})`,
  )
  const joins = groups.map((_, i) => sql`JOIN ${ident(`list${i}`)} USING (${idOf(i)})`)
  return sql`
    WITH ${join(lists, ', ')}
    SELECT ${numbers}, count(DISTINCT case_id)::DOUBLE AS cases
    FROM (${casesWithIds(selection, groups)}) ${join(joins, ' ')}
    GROUP BY ${numbers}`
}

const idOf = (i: number) => ident(`id${i}`)

/** Written into the SQL, so that joins compare integers; the numbers come from our own tables. */
const integerPairs = (pairs: readonly (readonly [number, number])[]): Sql => ({
  text: pairs.map(([a, b]) => `(${a}::INTEGER, ${b}::INTEGER)`).join(', '),
  params: [],
})

/** Cases, and the ids that their selected images have. */
function casesWithIds(selection: Selection, groups: readonly CaseGroups[]): Sql {
  const named = groups.map(({ of, column }, i) => ({
    isImage: of === 'image',
    column: sql`${column} AS ${idOf(i)}`,
    id: idOf(i),
  }))
  const ofImage = join(
    named.flatMap(({ isImage, column }) => (isImage ? [sql`, ${column}`] : [])),
    '',
  )
  if (named.every(({ isImage }) => isImage))
    return sql`SELECT DISTINCT case_id${ofImage} FROM images
      WHERE ${selectedImagesWhere(selection)}`
  const ids = join(
    named.map(({ isImage, column, id }) => (isImage ? id : column)),
    ', ',
  )
  const images = and([imageFacetsWhere(selection), ...requiredLabels(selection)])
  // The labels of an image are those of its label set, unless a range of the mask area leaves out some.
  if (!selection.area && groups.every(({ of }) => of !== 'mask'))
    return sql`SELECT DISTINCT case_id, ${ids}
      FROM (SELECT DISTINCT case_id, label_set_id${ofImage} FROM images WHERE ${images})
      JOIN label_sets USING (label_set_id)`
  return sql`SELECT DISTINCT case_id, ${ids}
    FROM (SELECT image_id, label_id, area, area_bin FROM masks)
    JOIN (SELECT image_id, case_id, width, height${ofImage} FROM images WHERE ${images})
      USING (image_id)
    WHERE ${maskFacetsWhere(selection)}`
}
