import type { Range } from '../filter/filter'
import type { FlagTest } from '../filter/flag-test'
import { binsOfRange, stepOf } from '../filter/range-bins'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { AREA_SHARE_BINS, touchedBins } from '../manifest/bins'
import {
  BINNED_ATTRIBUTES,
  type BinnedAttribute,
  IMAGE_ATTRIBUTE_NAMES,
  IMAGE_ATTRIBUTES,
} from '../manifest/image-attributes'
import { and, ident, integer, integers, type Sql, sql } from '../sql'

/**
 * The table that masks are read from. Masks repeat the facets of their image; only a range of the mask area
 * that cuts a bin needs the size of the image.
 */
export const maskRows = ({ area }: Pick<Selection, 'area'>): Sql =>
  area && touchedBins(AREA_SHARE_BINS, area, 0).cut.length > 0
    ? sql`(SELECT m.*, i.width, i.height FROM masks m JOIN images i USING (image_id)) AS m`
    : sql`masks`

/** Condition over `images`: the image passes the image facets. */
export const imageFacetsWhere = (selection: Selection): Sql =>
  and([...idsWhere(selection), ...rangesOf(selection).map(within)])

/** Condition over `maskRows`: the mask's image passes the image facets. */
const imageFacetsOfMasksWhere = (selection: Selection): Sql =>
  and([...idsWhere(selection), ...rangesOf(selection).map(binsWithin)])

function idsWhere({ ids, flags }: Selection): Sql[] {
  const conditions = IMAGE_ATTRIBUTE_NAMES.flatMap(name => {
    const passing = ids[name]
    return passing ? [sql`${ident(IMAGE_ATTRIBUTES[name].column)} IN ${integers(passing)}`] : []
  })
  return flags ? [...conditions, ...flagsWhere(flags)] : conditions
}

/** Conditions as `passesFlags`, over images or masks. */
function flagsWhere({ any, orNone, not, notNone }: FlagTest): Sql[] {
  const has = (bits: number) => sql`(flags & ${integer(bits)}) <> 0`
  return [
    ...(not === 0 ? [] : [sql`NOT ${has(not)}`]),
    ...(notNone ? [sql`flags <> 0`] : []),
    ...(any === null ? [] : [orNone ? sql`(flags = 0 OR ${has(any)})` : has(any)]),
  ]
}

interface ImageRange {
  readonly name: BinnedAttribute
  readonly range: Range
}

const rangesOf = ({ ranges }: Selection): ImageRange[] =>
  BINNED_ATTRIBUTES.flatMap(name => {
    const range = ranges[name]
    return range ? [{ name, range }] : []
  })

/**
 * Condition over masks for a range of their image: bins that the range contains by number, bins that it cuts by
 * the image.
 */
function binsWithin(imageRange: ImageRange): Sql {
  const { name, range } = imageRange
  const bin = ident(IMAGE_ATTRIBUTES[name].column)
  const { first, last, cut } = binsOfRange(name, range)
  const touched = sql`${bin} BETWEEN ${integer(first)} AND ${integer(last)}`
  if (cut.length === 0) return touched
  return sql`(${touched} AND (${bin} NOT IN ${integers(cut)} OR image_id IN (
    SELECT image_id FROM images WHERE ${bin} IN ${integers(cut)} AND ${within(imageRange)})))`
}

type MaskFacets = Pick<Selection, 'labelIds' | 'area'>

/** Condition over `maskRows`: the mask passes the mask facets. */
export function maskFacetsWhere({ labelIds, area }: MaskFacets): Sql {
  const conditions: Sql[] = []
  if (labelIds) conditions.push(sql`label_id IN ${integers(labelIds)}`)
  if (area) conditions.push(areaWithin(area))
  return and(conditions)
}

/** Images with ids from `from` to `to`, exclusive: a part of the table that is quick to read. */
export interface IdRange {
  readonly from: number
  readonly to: number
}

/** Condition over images or masks: they are in a part. */
export const withinPart = ({ from, to }: IdRange): Sql =>
  sql`image_id >= ${integer(from)} AND image_id < ${integer(to)}`

/**
 * Condition over `images`: the image is selected, which means that it passes the image facets and has a
 * selected mask.
 *
 * @param part Only these images are selected, and only their masks are read.
 */
export const selectedImagesWhere = (selection: Selection, part?: IdRange): Sql =>
  and([
    ...(part ? [withinPart(part)] : []),
    imageFacetsWhere(selection),
    ...(hasMaskFacets(selection) ? [hasMask(selection, part)] : []),
    ...requiredLabels(selection),
  ])

/**
 * Condition over `maskRows`: the mask is selected, which means that it passes the mask facets, and that its
 * image passes the image facets and has all required labels.
 */
export function selectedMasksWhere(selection: Selection): Sql {
  const required = requiredLabels(selection)
  return and([
    imageFacetsOfMasksWhere(selection),
    maskFacetsWhere(selection),
    ...(required.length > 0
      ? [sql`image_id IN (SELECT image_id FROM images WHERE ${and(required)})`]
      : []),
  ])
}

/** Conditions over `images`: the image has a mask for each required label. */
export const requiredLabels = ({ required, requiredArea }: Selection): Sql[] =>
  required.map(labelIds => hasMask({ labelIds, area: requiredArea ?? null }))

/** Condition over `images`: the image has a mask that passes the mask facets. */
function hasMask(facets: MaskFacets, part?: IdRange): Sql {
  const passes = maskFacetsWhere(facets)
  if (!facets.area)
    return sql`label_set_id IN (SELECT label_set_id FROM label_sets WHERE ${passes})`
  return sql`image_id IN (SELECT image_id FROM ${maskRows(facets)}
    WHERE ${part ? and([withinPart(part), passes]) : passes})`
}

function within({ name, range: { min, max } }: ImageRange): Sql {
  // The text is a constant of the registry.
  const number: Sql = { text: `(${IMAGE_ATTRIBUTES[name].number})`, params: [] }
  const end = stepOf(name) === 1 ? integer : (value: number) => sql`${value}::DOUBLE`
  // NULL is in no range, so images that are not measured never pass.
  const conditions = [sql`${number} >= ${end(min ?? 0)}`]
  if (max !== undefined) conditions.push(sql`${number} <= ${end(max)}`)
  return and(conditions)
}

function areaWithin(range: Range): Sql {
  const { first, last, cut } = touchedBins(AREA_SHARE_BINS, range, 0)
  const touched = sql`area_bin BETWEEN ${integer(first)} AND ${integer(last)}`
  if (cut.length === 0) return touched
  const { min = 0, max = 1 } = range
  return sql`(${touched} AND (area_bin NOT IN ${integers(cut)}
    OR area::DOUBLE / (width::DOUBLE * height) BETWEEN ${min}::DOUBLE AND ${max}::DOUBLE))`
}
