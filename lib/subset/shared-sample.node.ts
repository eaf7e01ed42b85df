import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { Dimensions, LabelRow } from '../filter/dimensions'
import { UNASSIGNED } from '../filter/facets'
import type { Sql } from '../sql'
import { type Choice, chooseAtLeast, chooseAtMost } from './choose-images'
import type { SharedKey } from './sampling'
import { datasetsOfImages, keysOfImages, shuffledImages } from './shuffled-images.node.ts'

/** Counts per value of a sample per label or organ. */
export interface SampleReport {
  readonly per: SharedKey
  readonly rule: 'cap' | 'floor'
  readonly count: number
  /** Maximum images of a dataset; absent without that limit. */
  readonly cap?: number
  /** Ordered by name. */
  readonly values: readonly SampledValue[]
}

export interface SampledValue {
  /** Name of the label or organ. */
  readonly value: string
  /** Images with the value before sampling, and in the sample. */
  readonly available: number
  readonly images: number
}

/** Name that a label has for each key. */
const NAME: Readonly<Record<SharedKey, (label: LabelRow) => string>> = {
  organ: ({ organ }) => organ ?? UNASSIGNED,
  label: ({ label }) => label,
}

/**
 * Keep in `subset_images` a sample per label or organ.
 *
 * @param order Seed of the order in which images are taken.
 * @param cap Maximum images of a dataset.
 * @param masks As for `keysOfImages`.
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

/** Values that the subset has, with their counts. */
const valuesOf = (names: readonly string[], { available, counts }: Choice): SampledValue[] =>
  names.flatMap((value, key) => {
    const there = available[key] ?? 0
    return there > 0 ? [{ value, available: there, images: counts[key] ?? 0 }] : []
  })
