import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { Dimensions, LabelRow } from '../filter/dimensions'
import { UNASSIGNED } from '../filter/facets'
import type { Sql } from '../sql'
import { type Choice, chooseAtLeast, chooseAtMost } from './choose-images'
import type { SharedKey } from './sampling'
import { datasetsOfImages, keysOfImages, shuffledImages } from './shuffled-images.node.ts'

/** What a sample per label or organ has of each. */
export interface SampleReport {
  readonly per: SharedKey
  readonly rule: 'cap' | 'floor'
  readonly count: number
  /** Images of one dataset at most; absent without that limit. */
  readonly cap?: number
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
 * @param masks As `keysOfImages` takes them.
 */
export async function keepShared(
  engine: NodeEngine,
  { labels }: Dimensions,
  sample: Omit<SampleReport, 'values' | 'cap'>,
  { order, cap, masks }: { order: number; cap: number | undefined; masks: Sql | null },
): Promise<SampleReport> {
  const { per, rule, count } = sample
  const nameOf = NAME[per]
  const names = [...new Set(labels.map(nameOf))].sort()
  const keyOfLabel = Uint16Array.from(labels, label => names.indexOf(nameOf(label)))
  const images = await shuffledImages(engine, order)
  const keys = await keysOfImages(engine, images, keyOfLabel, names.length, masks)
  const limit =
    cap === undefined ? undefined : { groups: await datasetsOfImages(engine, images), most: cap }
  const choose = rule === 'cap' ? chooseAtMost : chooseAtLeast
  const choice = choose(keys, count, limit)
  await keepChosen(engine, images.ids, choice)
  return { ...sample, ...(cap !== undefined && { cap }), values: valuesOf(names, choice) }
}

async function keepChosen(engine: NodeEngine, ids: Uint32Array, { chosen }: Choice) {
  await engine.run('CREATE OR REPLACE TABLE subset_images (image_id INTEGER)')
  const writer = await TableWriter.open(engine.connection, 'subset_images', ['INTEGER'])
  for (const id of ids.filter((_, at) => chosen[at] === 1).sort()) writer.append(id)
  writer.close()
}

/** Values that the subset has. */
const valuesOf = (names: readonly string[], { available, counts }: Choice): SampledValue[] =>
  names.flatMap((value, key) => {
    const there = available[key] ?? 0
    return there > 0 ? [{ value, available: there, images: counts[key] ?? 0 }] : []
  })
