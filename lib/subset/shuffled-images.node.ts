import { timeSlice } from '../async/time-slice'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { seededHash } from '../queries/seeded-hash'
import { sortIds } from '../queries/sort-ids'
import { type Sql, sql } from '../sql'
import { imagesOf } from './cost.node.ts'
import { type ImageKeys, keyRows } from './image-keys'
import { PairList } from './pair-list'

/** The images of a subset in a shuffle that depends only on their ids and a seed. */
export interface ShuffledImages {
  readonly ids: Uint32Array
  /** Label set of each image. */
  readonly labelSets: Uint32Array
}

export async function shuffledImages(engine: NodeEngine, seed: number): Promise<ShuffledImages> {
  const images = await imagesOf(engine)
  const [ids, labelSets] = [new Uint32Array(images), new Uint32Array(images)]
  let at = 0
  await engine.visitPairs(
    sql`SELECT image_id, label_set_id FROM subset_images JOIN images USING (image_id)`,
    (id, labelSet) => {
      ids[at] = id
      labelSets[at] = labelSet
      at++
    },
  )
  // Ids never share a hash, so their original order does not matter.
  const hashes = ids.map(id => seededHash(id, seed))
  const order = await sortIds(placesUpTo(images), hashes, timeSlice())
  return {
    ids: order.map(from => ids[from] as number),
    labelSets: order.map(from => labelSets[from] as number),
  }
}

/** The dataset of each image. */
export async function datasetsOfImages(
  engine: NodeEngine,
  { ids }: ShuffledImages,
): Promise<Uint16Array> {
  const datasets = new Uint16Array(ids.length)
  const placeOf = placesOf(ids)
  await engine.visitPairs(
    sql`SELECT image_id, dataset_id FROM subset_images JOIN images USING (image_id)`,
    (id, dataset) => {
      datasets[placeOf(id)] = dataset
    },
  )
  return datasets
}

/**
 * The keys of each image.
 *
 * @param keyOfLabel Key of each label, indexed by label id.
 * @param keys Number of keys.
 * @param masks Masks of at least these images (image_id and label_id); null for all their masks.
 */
export async function keysOfImages(
  engine: NodeEngine,
  { ids, labelSets }: ShuffledImages,
  keyOfLabel: Uint16Array,
  keys: number,
  masks: Sql | null,
): Promise<ImageKeys> {
  const images = ids.length
  const pairs = new PairList()
  const push = (row: number, label: number) => pairs.push(row, keyOfLabel[label] as number)
  if (masks === null) {
    await engine.visitPairs(
      sql`SELECT label_set_id, label_id FROM label_sets SEMI JOIN
        (SELECT label_set_id FROM subset_images JOIN images USING (image_id)) USING (label_set_id)`,
      push,
    )
    const rows = labelSets.reduce((most, set) => Math.max(most, set), 0) + 1
    return { images, keys, rowOf: labelSets, ...keyRows(rows, keys, pairs) }
  }
  const placeOf = placesOf(ids)
  await engine.visitPairs(sql`SELECT image_id, label_id FROM (${masks})`, (id, label) => {
    const place = placeOf(id)
    if (place >= 0) push(place, label)
  })
  return { images, keys, rowOf: placesUpTo(images), ...keyRows(images, keys, pairs) }
}

/** 0, 1, 2, … */
const placesUpTo = (count: number) => new Uint32Array(count).map((_, place) => place)

/** Id → place among the ids; -1 for other ids. */
function placesOf(ids: Uint32Array): (id: number) => number {
  const last = ids.reduce((most, id) => Math.max(most, id), 0)
  const places = new Int32Array(last + 1).fill(-1)
  for (let place = 0; place < ids.length; place++) places[ids[place] as number] = place
  return id => places[id] ?? -1
}
