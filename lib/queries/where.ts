import type { Range } from '../filter/filter'
import type { Selection } from '../filter/selection'
import {
  AREA_SHARE_BINS,
  type Bins,
  MASK_COUNT_BINS,
  SIZE_BINS,
  touchedBins,
} from '../manifest/bins'
import { and, integer, integers, type Sql, sql } from '../sql'

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
  and([
    ...idsWhere(selection),
    ...rangesOf(selection).map(({ column, range }) => within(column, range)),
  ])

/** Which masks are of images that pass the image facets, over `maskRows`. */
const imageFacetsOfMasksWhere = (selection: Selection): Sql =>
  and([...idsWhere(selection), ...rangesOf(selection).map(binsWithin)])

function idsWhere({ datasetIds, submodalityIds, axisIds }: Selection): Sql[] {
  const conditions: Sql[] = []
  if (datasetIds) conditions.push(sql`dataset_id IN ${integers(datasetIds)}`)
  if (submodalityIds) conditions.push(sql`submodality_id IN ${integers(submodalityIds)}`)
  if (axisIds) conditions.push(sql`axis_id IN ${integers(axisIds)}`)
  return conditions
}

interface ColumnRange {
  readonly column: Sql
  readonly bin: Sql
  readonly bins: Bins
  readonly range: Range
}

const rangesOf = ({ width, height, masks }: Selection): ColumnRange[] => [
  ...(width ? [{ column: sql`width`, bin: sql`width_bin`, bins: SIZE_BINS, range: width }] : []),
  ...(height
    ? [{ column: sql`height`, bin: sql`height_bin`, bins: SIZE_BINS, range: height }]
    : []),
  ...(masks
    ? [{ column: sql`n_masks`, bin: sql`masks_bin`, bins: MASK_COUNT_BINS, range: masks }]
    : []),
]

/** A range of the image, over masks: whole bins by their number, cut ones by their images. */
function binsWithin({ column, bin, bins, range }: ColumnRange): Sql {
  const { first, last, cut } = touchedBins(bins, range, 1)
  const touched = sql`${bin} BETWEEN ${integer(first)} AND ${integer(last)}`
  if (cut.length === 0) return touched
  return sql`(${touched} AND (${bin} NOT IN ${integers(cut)} OR image_id IN (
    SELECT image_id FROM images WHERE ${bin} IN ${integers(cut)} AND ${within(column, range)})))`
}

/** Which masks pass the mask facets, over `maskRows`. */
export function maskFacetsWhere({ labelIds, area }: Selection): Sql {
  const conditions: Sql[] = []
  if (labelIds) conditions.push(sql`label_id IN ${integers(labelIds)}`)
  if (area) conditions.push(areaWithin(area))
  return and(conditions)
}

/** Which images are selected: those that pass the image facets and have a selected mask. */
export function selectedImagesWhere(selection: Selection): Sql {
  const { labelIds, area } = selection
  const conditions = [imageFacetsWhere(selection)]
  if (area) {
    conditions.push(sql`image_id IN (
      SELECT image_id FROM ${maskRows(selection)} WHERE ${selectedMasksWhere(selection)})`)
  } else if (labelIds) {
    conditions.push(sql`label_set_id IN (
      SELECT label_set_id FROM label_sets WHERE label_id IN ${integers(labelIds)})`)
  }
  return and(conditions)
}

/** Which masks are selected: those that pass the mask facets, of images that pass the image facets. */
export const selectedMasksWhere = (selection: Selection): Sql =>
  and([imageFacetsOfMasksWhere(selection), maskFacetsWhere(selection)])

function within(column: Sql, { min, max }: Range): Sql {
  // A closed lower end leaves out what is not measured: NULL is unknown, not in any range.
  const conditions = [sql`${column} >= ${integer(min ?? 0)}`]
  if (max !== undefined) conditions.push(sql`${column} <= ${integer(max)}`)
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
