import type { Range } from '../filter/filter'
import type { Selection } from '../filter/selection'
import { AREA_SHARE_BINS, binOf } from '../manifest/bins'
import { and, integer, integers, type Sql, sql } from '../sql'

/**
 * The masks with what their image facets need: masks repeat dataset, sub-modality and axis of
 * their image; exact ranges and shares of the area take a join.
 */
export const maskRows = ({ width, height, masks, area }: Selection): Sql =>
  width || height || masks || area
    ? sql`(SELECT m.*, i.width, i.height, i.n_masks, i.masks_bin
           FROM masks m JOIN images i USING (image_id)) AS m`
    : sql`masks`

/** Which images pass the image facets; also over `maskRows`. */
export function imageFacetsWhere(selection: Selection): Sql {
  const { datasetIds, submodalityIds, axisIds, width, height, masks } = selection
  const conditions: Sql[] = []
  if (datasetIds) conditions.push(sql`dataset_id IN ${integers(datasetIds)}`)
  if (submodalityIds) conditions.push(sql`submodality_id IN ${integers(submodalityIds)}`)
  if (axisIds) conditions.push(sql`axis_id IN ${integers(axisIds)}`)
  if (width) conditions.push(within(sql`width`, width))
  if (height) conditions.push(within(sql`height`, height))
  if (masks) conditions.push(within(sql`n_masks`, masks))
  return and(conditions)
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
  and([imageFacetsWhere(selection), maskFacetsWhere(selection)])

function within(column: Sql, { min, max }: Range): Sql {
  // A closed lower end leaves out what is not measured: NULL is unknown, not in any range.
  const conditions = [sql`${column} >= ${integer(min ?? 0)}`]
  if (max !== undefined) conditions.push(sql`${column} <= ${integer(max)}`)
  return and(conditions)
}

function areaWithin({ min = 0, max = 1 }: Range): Sql {
  // The bins are compared first: they settle nearly every mask without a division.
  return sql`area_bin BETWEEN ${integer(binOf(AREA_SHARE_BINS, min))}
    AND ${integer(binOf(AREA_SHARE_BINS, max))}
    AND area::DOUBLE / (width::DOUBLE * height) BETWEEN ${min}::DOUBLE AND ${max}::DOUBLE`
}
