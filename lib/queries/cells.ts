import type { Range } from '../filter/filter'
import type { Selection } from '../filter/selection'
import { AREA_SHARE_BINS, type Bins, binOf, MASK_COUNT_BINS, SIZE_BINS } from '../manifest/bins'
import { and, ident, integer, integers, type Sql, sql } from '../sql'

/**
 * Where counts come from. Both have the same facet columns, so every query is written once:
 * `cubes` are counted cells, `rows` are the images and masks themselves, each a cell of one.
 */
export type Source = 'cubes' | 'rows'

/** The measures of image cells; sums over them are exact in both sources. */
export const imageCells = (source: Source) =>
  source === 'cubes'
    ? {
        table: sql`cube_images`,
        images: sql`images`,
        masks: sql`masks`,
        bytes: sql`bytes`,
        sizedImages: sql`sized_images`,
      }
    : {
        table: sql`images`,
        images: sql`1`,
        masks: sql`n_masks`,
        bytes: sql`coalesce(bytes, 0)`,
        sizedImages: sql`(bytes IS NOT NULL)::INTEGER`,
      }

/** Masks as cells with the facet columns of their image; `masks` sums to exact counts. */
export function maskCells(source: Source, selection: Selection) {
  if (source === 'cubes') return { table: sql`cube_labels`, masks: sql`masks` }
  const { width, height, masks, area } = selection
  // Only exact ranges need what masks do not repeat of their image.
  const table =
    width || height || masks || area
      ? sql`(SELECT m.*, i.width, i.height, i.n_masks, i.masks_bin
             FROM masks m JOIN images i USING (image_id)) AS m`
      : sql`masks`
  return { table, masks: sql`1` }
}

/** Which images pass the image facets, over image or mask cells. */
export function imageFacetsWhere(selection: Selection, source: Source): Sql {
  const { datasetIds, submodalityIds, axisIds, width, height, masks } = selection
  const conditions: Sql[] = []
  if (datasetIds) conditions.push(sql`dataset_id IN ${integers(datasetIds)}`)
  if (submodalityIds) conditions.push(sql`submodality_id IN ${integers(submodalityIds)}`)
  if (axisIds) conditions.push(sql`axis_id IN ${integers(axisIds)}`)
  const range = source === 'cubes' ? binsWithin : valuesWithin
  if (width) conditions.push(range('width', SIZE_BINS, width))
  if (height) conditions.push(range('height', SIZE_BINS, height))
  if (masks) conditions.push(range('masks', MASK_COUNT_BINS, masks))
  return and(conditions)
}

/** Which masks pass the mask facets, over mask cells (area: rows only). */
export function maskFacetsWhere({ labelIds, area }: Selection): Sql {
  const conditions: Sql[] = []
  if (labelIds) conditions.push(sql`label_id IN ${integers(labelIds)}`)
  if (area) conditions.push(areaWithin(area))
  return and(conditions)
}

/** Which images are selected: those that pass the image facets and have a selected mask. */
export function selectedImagesWhere(selection: Selection, source: Source): Sql {
  const { labelIds, area } = selection
  const conditions = [imageFacetsWhere(selection, source)]
  if (area) {
    conditions.push(sql`image_id IN (
      SELECT image_id FROM ${maskCells('rows', selection).table} WHERE ${maskFacetsWhere(selection)})`)
  } else if (labelIds) {
    conditions.push(sql`label_set_id IN (
      SELECT label_set_id FROM label_sets WHERE label_id IN ${integers(labelIds)})`)
  }
  return and(conditions)
}

/** Which masks are selected: those that pass the mask facets, of images that pass the image facets. */
export const selectedMasksWhere = (selection: Selection, source: Source): Sql =>
  and([imageFacetsWhere(selection, source), maskFacetsWhere(selection)])

/** True if whole bins make up the range, so that cubes answer it exactly. */
export function isWholeBins(bins: Bins, { min, max }: Range): boolean {
  const startsBin = min === undefined || bins.edges.includes(min)
  const endsBin = max === undefined || bins.edges.includes(max + 1)
  return startsBin && endsBin
}

/** Cubes are exact unless a range cuts a bin or asks for the area of single masks. */
export const cubesAreExact = ({ width, height, masks, area }: Selection): boolean =>
  area === null &&
  (width === null || isWholeBins(SIZE_BINS, width)) &&
  (height === null || isWholeBins(SIZE_BINS, height)) &&
  (masks === null || isWholeBins(MASK_COUNT_BINS, masks))

function binsWithin(name: 'width' | 'height' | 'masks', bins: Bins, { min, max }: Range): Sql {
  const column = ident(`${name}_bin`)
  const last = max === undefined ? bins.edges.length - 1 : binOf(bins, max)
  return sql`${column} BETWEEN ${integer(binOf(bins, min ?? 0))} AND ${integer(last)}`
}

function valuesWithin(name: 'width' | 'height' | 'masks', _: Bins, { min, max }: Range): Sql {
  const column = name === 'masks' ? sql`n_masks` : ident(name)
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
