import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Dimensions } from '../filter/dimensions'
import { AXES, type Axis } from '../manifest/tables'
import { integer, sql } from '../sql'
import type { Pass } from './formats/writer'
import { SPLIT_NAMES } from './recipe'
import { type ClassId, labelFinder, seriesFinder } from './shared-parts'
import { endOf, type SubsetImage, type SubsetMask } from './subset-image'

/** Number of images that are read and held at a time. */
const BATCH = 50_000

/** Source of a subset's rows. `selectSubset` and `splitSubset` have filled the tables. */
export interface SubsetSource {
  readonly engine: NodeEngine
  readonly dimensions: Dimensions
  readonly hasSplits: boolean
  /** Table of the masks: all masks, or those that `omitOddMasks` kept. */
  readonly masks: 'subset_masks' | 'format_masks'
}

/**
 * The images of a subset in the manifest's order, with masks if a pass needs them. For speed, the database returns
 * columns, and the next batch is read while the current one is in use.
 */
export async function* subsetBatches(
  { engine, dimensions, hasSplits, masks }: SubsetSource,
  { splits, fold, needs }: Pick<Pass, 'splits' | 'fold' | 'needs'>,
): AsyncGenerator<readonly SubsetImage[]> {
  const finders: Finders = {
    seriesOf: seriesFinder(dimensions, await namesOfCases(engine)),
    labelOf: labelFinder(dimensions, await classIdsOf(engine)),
  }
  const wanted = splits ? splits.map(split => SPLIT_NAMES.indexOf(split)) : null
  const ranges = await rangesOf(engine)
  const read = (at: number) => {
    const range = ranges[at]
    const columns = range && readColumns(engine, range, needs, { hasSplits, table: masks })
    // Callers that continue still see the rejection. A caller that stops early needs no error.
    columns?.catch(() => {})
    return columns
  }
  let next = read(0)
  for (let at = 1; next; at++) {
    const columns: Columns = await next
    next = read(at)
    const images = imagesOf(columns, wanted, finders)
    yield fold ? images.filter(one => (one.fold === fold.nth) === fold.isIn) : images
  }
}

type Column = readonly (number | null)[]

interface Columns {
  readonly images: Readonly<Record<string, Column>>
  /** Empty if masks are not requested. */
  readonly masks: Readonly<Record<string, Column>>
  readonly boxes: Readonly<Record<string, Column>>
}

/** First and last id of a batch, inclusive, and its number of images of the subset. */
export interface IdRange {
  readonly first: number
  readonly last: number
  readonly images: number
}

/** The images of each batch. */
export const rangesOf = (engine: NodeEngine): Promise<IdRange[]> =>
  engine.rows<IdRange>(
    sql`SELECT min(image_id) AS first, max(image_id) AS last, count(*)::DOUBLE AS images
      FROM (SELECT image_id, (row_number() OVER (ORDER BY image_id) - 1) // ${integer(BATCH)} AS batch
        FROM subset_images)
      GROUP BY batch ORDER BY batch`,
  )

/** Packs label and instance of a mask into one number. A corner of its box is packed into another. */
const KEY = '(label_id::UINTEGER << 16) | instance::UINTEGER'
const CORNERS =
  '(y0::UINTEGER << 16) | x0::UINTEGER AS low, (y1::UINTEGER << 16) | x1::UINTEGER AS high'

async function readColumns(
  engine: NodeEngine,
  { first, last }: IdRange,
  needs: Pass['needs'],
  { hasSplits, table }: { hasSplits: boolean; table: SubsetSource['masks'] },
): Promise<Columns> {
  const measures = needs === 'areas' || needs === 'pixels'
  const within = `image_id BETWEEN ${first} AND ${last}`
  const ids = `(SELECT image_id FROM subset_images WHERE ${within})`
  const read = async (text: string) => (await engine.columns(text)) as Record<string, Column>
  const images = await read(`
    SELECT image_id, dataset_id, submodality_id, case_id, axis_id, slice, width, height
      ${hasSplits ? `, array_position(['${SPLIT_NAMES.join("', '")}'], split) - 1 AS split, fold` : ''}
    FROM images SEMI JOIN ${ids} USING (image_id)
      ${hasSplits ? `JOIN (FROM subset_splits WHERE ${within}) USING (image_id)` : ''}
    WHERE ${within} ORDER BY image_id`)
  const masks =
    needs === 'images'
      ? {}
      : await read(`SELECT image_id, ${KEY} AS key ${measures ? ', area' : ''}
          FROM ${table} WHERE ${within} ORDER BY image_id, key`)
  const boxes = measures
    ? await read(`SELECT image_id, ${KEY} AS key, ${CORNERS}
          FROM mask_boxes SEMI JOIN ${ids} USING (image_id) WHERE ${within} ORDER BY image_id, key`)
    : {}
  return { images, masks, boxes }
}

interface Finders {
  readonly seriesOf: ReturnType<typeof seriesFinder>
  readonly labelOf: ReturnType<typeof labelFinder>
}

/** Images, masks and boxes are in the same order, so each list is read only once. */
function imagesOf(
  { images, masks, boxes }: Columns,
  wanted: readonly (number | null)[] | null,
  { seriesOf, labelOf }: Finders,
): SubsetImage[] {
  const found: SubsetImage[] = []
  const column = (name: string) => (images[name] ?? []) as readonly number[]
  const [ids, datasets, cases] = [column('image_id'), column('dataset_id'), column('case_id')]
  const [submodalities, axes, slices] = [column('submodality_id'), column('axis_id'), images.slice]
  const masksOf = maskReader(masks, boxes)
  for (let at = 0; at < ids.length; at++) {
    const [id, datasetId] = [ids[at] as number, datasets[at] as number]
    const split = images.split?.[at] ?? null
    if (wanted && !wanted.includes(split)) continue
    const axis = AXES[axes[at] as number] as Axis
    const slice = slices?.[at] ?? null
    found.push({
      imageId: id,
      series: seriesOf(datasetId, submodalities[at] as number, cases[at] as number),
      axis,
      slice,
      end: endOf(axis, slice),
      width: images.width?.[at] ?? null,
      height: images.height?.[at] ?? null,
      split: split === null ? null : (SPLIT_NAMES[split] ?? null),
      fold: images.fold?.[at] ?? null,
      masks: masksOf(id, datasetId, labelOf),
    })
  }
  return found
}

/** Reads the masks of the images, which must be requested in the order of their ids. */
function maskReader(masks: Columns['masks'], boxes: Columns['boxes']) {
  const column = (name: string) => (masks[name] ?? []) as readonly number[]
  const [imageIds, keys] = [column('image_id'), column('key')]
  const boxAt = boxReader(boxes)
  let at = 0
  return (id: number, datasetId: number, labelOf: Finders['labelOf']): SubsetMask[] => {
    const found: SubsetMask[] = []
    while (at < keys.length && (imageIds[at] as number) < id) at++
    for (; at < keys.length && imageIds[at] === id; at++) {
      const key = keys[at] as number
      const of = labelOf(datasetId, key >>> 16)
      if (!of) throw new Error(`image ${id}: a mask of label ${key >>> 16} has no name`)
      const area = masks.area?.[at] ?? null
      found.push({ of, instance: key & 0xffff, area, box: boxAt(id, key) })
    }
    return found
  }
}

function boxReader({ image_id, key, low, high }: Columns['boxes']) {
  const [ids, keys] = [(image_id ?? []) as readonly number[], (key ?? []) as readonly number[]]
  let at = 0
  return (id: number, mask: number): SubsetMask['box'] => {
    while (at < ids.length && (ids[at] as number) < id) at++
    while (at < ids.length && ids[at] === id && (keys[at] as number) < mask) at++
    if (ids[at] !== id || keys[at] !== mask) return null
    const [a, b] = [low?.[at] as number, high?.[at] as number]
    return [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  }
}

async function namesOfCases(engine: NodeEngine): Promise<string[]> {
  const rows = await engine.rows<{ case_name: string }>(
    sql`SELECT case_name FROM cases ORDER BY case_id`,
  )
  return rows.map(row => row.case_name)
}

const classIdsOf = (engine: NodeEngine) =>
  engine.rows<ClassId>(sql`SELECT dataset_id, label_id, class_id FROM class_ids`)
