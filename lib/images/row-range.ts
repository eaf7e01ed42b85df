import type { Engine } from '../engine/engine'
import { AXES, type Axis } from '../manifest/tables'
import { integer, sql } from '../sql'
import type { ImageRow, MaskRow, PixelBox } from './image-row'
import type { RowNames } from './row-names'

interface ImageColumns {
  image_id: number
  dataset_id: number
  submodality_id: number
  case_name: string
  axis_id: number
  slice: number | null
  width: number | null
  height: number | null
}

interface MaskColumns {
  image_id: number
  label_id: number
  instance: number
  area: number | null
}

const AXIS_OF: ReadonlyMap<number, Axis> = new Map(AXES.entries())

type BoxColumns = Omit<MaskColumns, 'area'> & PixelBox

/**
 * Read the images of a range of ids with their masks; the result is keyed by id.
 *
 * @param end Exclusive.
 * @param withBoxes Read the boxes of masks; without it boxes are null.
 */
export async function readRowRange(
  engine: Engine,
  names: RowNames,
  start: number,
  end: number,
  withBoxes: boolean,
): Promise<Map<number, ImageRow>> {
  const within = sql`image_id BETWEEN ${integer(start)} AND ${integer(end - 1)}`
  const images = await engine.rows<ImageColumns>(
    sql`SELECT image_id, dataset_id, submodality_id, case_name, axis_id, slice, width, height
      FROM images WHERE ${within}`,
  )
  const masks = await engine.rows<MaskColumns>(
    sql`SELECT image_id, label_id, instance, area FROM masks WHERE ${within}`,
  )
  const boxes = withBoxes
    ? await engine.rows<BoxColumns>(
        sql`SELECT image_id, label_id, instance, x0, y0, x1, y1 FROM mask_boxes WHERE ${within}`,
      )
    : []
  const boxOf = new Map(boxes.map(box => [keyOf(box), box]))
  const masksOf = new Map<number, MaskColumns[]>()
  for (const mask of masks) {
    const list = masksOf.get(mask.image_id)
    if (list) list.push(mask)
    else masksOf.set(mask.image_id, [mask])
  }
  return new Map(
    images.map(image => [
      image.image_id,
      imageRow(image, masksOf.get(image.image_id) ?? [], boxOf, names),
    ]),
  )
}

const keyOf = ({ image_id, label_id, instance }: Omit<MaskColumns, 'area'>) =>
  `${image_id} ${label_id} ${instance}`

function imageRow(
  image: ImageColumns,
  masks: readonly MaskColumns[],
  boxOf: ReadonlyMap<string, BoxColumns>,
  names: RowNames,
): ImageRow {
  const { submodality, modality } = known(names.submodalities, image.submodality_id)
  const classIds = names.classIds.get(image.dataset_id)
  return {
    imageId: image.image_id,
    submodality,
    modality,
    dataset: known(names.datasets, image.dataset_id),
    caseName: image.case_name,
    axis: known(AXIS_OF, image.axis_id),
    slice: image.slice,
    width: image.width,
    height: image.height,
    masks: masks.map((mask): MaskRow => {
      const { label, region, is_lesion } = known(names.labels, mask.label_id)
      const box = boxOf.get(keyOf(mask))
      return {
        labelId: mask.label_id,
        label,
        region,
        isLesion: is_lesion,
        classId: known(classIds ?? new Map(), mask.label_id),
        instance: mask.instance,
        area: mask.area,
        box: box ? { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1 } : null,
      }
    }),
  }
}

/** The row of an id; a verified manifest has one for every id. */
function known<Value>(rows: ReadonlyMap<number, Value>, id: number): Value {
  const value = rows.get(id)
  if (value === undefined) throw new RangeError(`the manifest has no row for id ${id}`)
  return value
}
