import type { Dimensions } from '../lib/filter/dimensions'
import { deriveTables } from '../lib/manifest/derive.node.ts'
import type { Staging } from '../lib/manifest/staging.node.ts'
import { readDimensions } from '../lib/queries/dimensions'
import { tinyStaging } from './tiny-staging'

export interface RandomImage {
  image_id: number
  dataset_id: number
  submodality_id: number
  case_id: number
  axis_id: number
  width: number | null
  height: number | null
  bytes: number | null
  masks: { label_id: number; instance: number; area: number | null }[]
}

export interface RandomRelease {
  images: RandomImage[]
  dimensions: Dimensions
  staging: Staging
}

/** A release of random images over the tiny release's dimensions, derived as in a manifest. */
export async function randomRelease(seed: number, size = 400): Promise<RandomRelease> {
  let state = seed
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const { staging } = await tinyStaging()
  const { engine } = staging
  await engine.run('DELETE FROM stage_images; DELETE FROM stage_masks')
  const images = Array.from({ length: size }, (_, image_id): RandomImage => {
    const measured = below(5) > 0
    const width = measured ? [64, 255, 256, 257, 512, 2000][below(6)]! : null
    const height = measured ? [63, 64, 256, 512][below(4)]! : null
    const dataset_id = below(4)
    // Labels 1 and 2 share a name; within a dataset a name means one thing.
    const foreign = dataset_id === 2 ? 1 : 2
    const labels = [0, 1, 2, 3, 4, 5, 6].filter(label => below(4) === 0 && label !== foreign)
    return {
      image_id,
      dataset_id,
      submodality_id: below(4),
      case_id: below(5),
      axis_id: below(4),
      width,
      height,
      bytes: below(2) ? 100 + below(1000) : null,
      masks: labels.flatMap(label_id =>
        Array.from({ length: 1 + below(4) }, (_, instance) => ({
          label_id,
          instance,
          area: width && height ? 1 + below(width * height) : null,
        })),
      ),
    }
  })
  const text = (...values: (number | null)[]) => `(${values.map(v => v ?? 'NULL').join(', ')})`
  await engine.run(
    `INSERT INTO stage_images VALUES ${images
      .map(i =>
        text(
          i.image_id,
          i.dataset_id,
          i.submodality_id,
          i.case_id,
          i.axis_id,
          1,
          i.width,
          i.height,
          i.bytes,
        ),
      )
      .join(', ')}`,
  )
  const box = (area: number | null) => (area === null ? [null, null, null, null] : [0, 0, 1, 1])
  await engine.run(
    `INSERT INTO stage_masks VALUES ${images
      .flatMap(i =>
        i.masks.map(m => text(i.image_id, m.label_id, m.instance, m.area, ...box(m.area))),
      )
      .join(', ')}`,
  )
  await deriveTables(engine, () => {})
  return { images, dimensions: await readDimensions(engine), staging }
}
