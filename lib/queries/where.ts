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
 * The masks. They repeat the facets of their image; only the share of the area in a bin that the
 * range cuts needs the image's size.
 */
export const maskRows = ({ area }: Selection): Sql =>
  area && touchedBins(AREA_SHARE_BINS, area, 0).cut.length > 0
    ? sql`(SELECT m.*, i.width, i.height FROM masks m JOIN images i USING (image_id)) AS m`
    : sql`masks`

/** Which images pass the image facets, over images. */
export const imageFacetsWhere = (selection: Selection): Sql =>
  and([...idsWhere(selection), ...rangesOf(selection).map(within)])

/** Which masks are of images that pass the image facets, over `maskRows`. */
const imageFacetsOfMasksWhere = (selection: Selection): Sql =>
  and([...idsWhere(selection), ...rangesOf(selection).map(binsWithin)])

function idsWhere({ ids, flags }: Selection): Sql[] {
  const conditions = IMAGE_ATTRIBUTE_NAMES.flatMap(name => {
    const passing = ids[name]
    return passing ? [sql`${ident(IMAGE_ATTRIBUTES[name].column)} IN ${integers(passing)}`] : []
  })
  return flags ? [...conditions, ...flagsWhere(flags)] : conditions
}

/** As `passesFlags`, over images or masks. */
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

/** A range of the image, over masks: whole bins by their number, cut ones by their images. */
function binsWithin(imageRange: ImageRange): Sql {
  const { name, range } = imageRange
  const bin = ident(IMAGE_ATTRIBUTES[name].column)
  const { first, last, cut } = binsOfRange(name, range)
  const touched = sql`${bin} BETWEEN ${integer(first)} AND ${integer(last)}`
  if (cut.length === 0) return touched
  return sql`(${touched} AND (${bin} NOT IN ${integers(cut)} OR image_id IN (
    SELECT image_id FROM images WHERE ${bin} IN ${integers(cut)} AND ${within(imageRange)})))`
}

/** Which masks pass the mask facets, over `maskRows`. */
export function maskFacetsWhere({ labelIds, area }: Pick<Selection, 'labelIds' | 'area'>): Sql {
  const conditions: Sql[] = []
  if (labelIds) conditions.push(sql`label_id IN ${integers(labelIds)}`)
  if (area) conditions.push(areaWithin(area))
  return and(conditions)
}

/** Images from one id up to, not with, another: a part that is quick to look at. */
export interface IdRange {
  readonly from: number
  readonly to: number
}

/** Which images or masks are of a part. */
export const withinPart = ({ from, to }: IdRange): Sql =>
  sql`image_id >= ${integer(from)} AND image_id < ${integer(to)}`

/**
 * Which images are selected: those that pass the image facets and have a selected mask.
 *
 * @param part Of these images only; no mask of another one is looked at.
 */
export const selectedImagesWhere = (selection: Selection, part?: IdRange): Sql =>
  and([
    ...(part ? [withinPart(part)] : []),
    imageFacetsWhere(selection),
    ...(hasMaskFacets(selection) ? [hasMaskOf(selection, selection.labelIds, part)] : []),
    ...requiredLabels(selection, part),
  ])

/**
 * Which masks are selected: those that pass the mask facets, of images that pass the image facets
 * and have all labels asked for.
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

/** Which images have a mask for each label asked for, over images. */
export const requiredLabels = (selection: Selection, part?: IdRange): Sql[] =>
  selection.required.map(labelIds => hasMaskOf(selection, labelIds, part))

/** Which images have a mask of some labels that passes the area facet, over images. */
function hasMaskOf(selection: Selection, labelIds: readonly number[] | null, part?: IdRange): Sql {
  const { area } = selection
  const facets = maskFacetsWhere({ labelIds, area })
  if (area)
    return sql`image_id IN (SELECT image_id FROM ${maskRows(selection)}
      WHERE ${part ? and([withinPart(part), facets]) : facets})`
  return sql`label_set_id IN (SELECT label_set_id FROM label_sets
    WHERE ${facets})`
}

function within({ name, range: { min, max } }: ImageRange): Sql {
  // The text is a constant of the registry.
  const number: Sql = { text: `(${IMAGE_ATTRIBUTES[name].number})`, params: [] }
  const end = stepOf(name) === 1 ? integer : (value: number) => sql`${value}::DOUBLE`
  // A closed lower end leaves out what is not measured: NULL is unknown, not in any range.
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
