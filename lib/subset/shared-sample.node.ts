import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { Dimensions, LabelRow } from '../filter/dimensions'
import { UNASSIGNED } from '../filter/facets'
import { seededHashSql } from '../queries/seeded-hash'
import { type Sql, sql } from '../sql'
import { type Choice, chooseAtLeast, chooseAtMost } from './choose-images'
import { imagesOf } from './cost.node.ts'
import { type ImageKeys, imageKeysOf } from './image-keys'
import { PairList } from './pair-list'
import type { SharedKey } from './sampling'

/** What a sample per label or organ has of each. */
export interface SampleReport {
  readonly per: SharedKey
  readonly rule: 'cap' | 'floor'
  readonly count: number
  /** In the order of their names. */
  readonly values: readonly SampledValue[]
}

export interface SampledValue {
  /** Name of the label or organ. */
  readonly value: string
  /** Images with it before the sample was taken, and in the sample. */
  readonly available: number
  readonly images: number
}

/** Name of a label's key. */
const NAME: Readonly<Record<SharedKey, (label: LabelRow) => string>> = {
  organ: ({ organ }) => organ ?? UNASSIGNED,
  label: ({ label }) => label,
}

/**
 * Leave of `subset_images` a sample per label or organ.
 *
 * @param order Seed of the order in which images are taken.
 * @param cap At most so many images of one dataset.
 * @param masks Masks of these images, at least: image_id and label_id.
 */
export async function keepShared(
  engine: NodeEngine,
  { labels }: Dimensions,
  sample: Omit<SampleReport, 'values'>,
  { order, cap, masks }: { order: number; cap: number | undefined; masks: Sql },
): Promise<SampleReport> {
  const { per, rule, count } = sample
  const nameOf = NAME[per]
  const names = [...new Set(labels.map(nameOf))].sort()
  const keyOfLabel = Uint16Array.from(labels, label => names.indexOf(nameOf(label)))
  const { ids, datasets } = await shuffledImages(engine, order)
  const keys = await readKeys(engine, ids, keyOfLabel, names.length, masks)
  const limit = cap === undefined ? undefined : { groups: datasets, most: cap }
  const choose = rule === 'cap' ? chooseAtMost : chooseAtLeast
  const choice = choose(keys, count, limit)
  await keepChosen(engine, ids, choice)
  return { ...sample, values: valuesOf(names, choice) }
}

/** Ids and datasets of the images, in a shuffle that depends on id and seed alone. */
async function shuffledImages(engine: NodeEngine, seed: number) {
  const images = await imagesOf(engine)
  const [ids, datasets] = [new Uint32Array(images), new Uint16Array(images)]
  let at = 0
  await engine.visitPairs(
    sql`SELECT image_id, dataset_id FROM subset_images JOIN images USING (image_id)
      ORDER BY ${seededHashSql(sql`image_id`, seed)}`,
    (id, dataset) => {
      ids[at] = id
      datasets[at] = dataset
      at++
    },
  )
  return { ids, datasets }
}

/** The keys of each image, which is numbered by its place among the ids. */
async function readKeys(
  engine: NodeEngine,
  ids: Uint32Array,
  keyOfLabel: Uint16Array,
  keys: number,
  masks: Sql,
): Promise<ImageKeys> {
  const last = ids.reduce((most, id) => Math.max(most, id), 0)
  // 0 for images that are not of the subset.
  const placeOf = new Uint32Array(last + 1)
  for (let at = 0; at < ids.length; at++) placeOf[ids[at] as number] = at + 1
  const pairs = new PairList()
  await engine.visitPairs(sql`SELECT image_id, label_id FROM (${masks})`, (id, label) => {
    const place = placeOf[id] ?? 0
    if (place > 0) pairs.push(place - 1, keyOfLabel[label] as number)
  })
  return imageKeysOf(ids.length, keys, pairs)
}

async function keepChosen(engine: NodeEngine, ids: Uint32Array, { chosen }: Choice) {
  await engine.run('CREATE OR REPLACE TABLE subset_images (image_id UINTEGER)')
  const writer = await TableWriter.open(engine.connection, 'subset_images', ['UINTEGER'])
  for (const id of ids.filter((_, at) => chosen[at] === 1).sort()) writer.append(id)
  writer.close()
}

/** Values that the subset has. */
const valuesOf = (names: readonly string[], { available, counts }: Choice): SampledValue[] =>
  names.flatMap((value, key) => {
    const there = available[key] ?? 0
    return there > 0 ? [{ value, available: there, images: counts[key] ?? 0 }] : []
  })
