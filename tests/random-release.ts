import type { Dimensions } from '../lib/filter/dimensions'
import { createTableSql } from '../lib/manifest/tables'
import { readDimensions } from '../lib/queries/dimensions'
import { deriveTables } from '../lib/store/derive.node.ts'
import type { Staging } from '../lib/store/staging.node.ts'
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
  /** Codes of the facet `flag`. */
  flags: string[]
  masks: { label_id: number; instance: number; area: number | null }[]
}

export interface RandomRelease {
  images: RandomImage[]
  dimensions: Dimensions
  staging: Staging
}

/** What measuring may have found, and the flag of the image that it makes. */
const QUALITY = [
  { of: 'image', flag: 'constant', code: 'constant' },
  { of: 'image', flag: 'unreadable', code: 'unreadable' },
  { of: 'mask', flag: 'unreadable', code: 'mask_unreadable' },
  { of: 'mask', flag: 'empty', code: 'mask_empty' },
] as const

/** A release of random images over the tiny release's dimensions, derived as in a manifest. */
export async function randomRelease(
  seed: number,
  size = 400,
  sliceImages?: number,
): Promise<RandomRelease> {
  let state = seed
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const { staging } = await tinyStaging()
  const { engine } = staging
  // The one dataset with a known defect: its class 0003 is the liver here.
  await engine.run(`DELETE FROM stage_images; DELETE FROM stage_masks;
    UPDATE datasets SET dataset = 'ACDC' WHERE dataset_id = 3;
    INSERT INTO class_ids VALUES (3, 3, '0003');
    INSERT INTO stage_cases VALUES (5, 3, 'patient001_frame01'), (6, 3, 'patient001_frame12')`)
  const plain = Array.from({ length: size }, (_, image_id): Omit<RandomImage, 'flags'> => {
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
      case_id: below(7),
      axis_id: below(4),
      width,
      height,
      bytes: below(2) ? 100 + below(200) : null,
      masks: labels.flatMap(label_id =>
        Array.from({ length: 1 + below(4) }, (_, instance) => ({
          label_id,
          instance,
          area: width && height ? 1 + below(width * height) : null,
        })),
      ),
    }
  })
  // Few sizes, so that some are equal; what has no file has no size.
  const crc = plain.map(() => below(2))
  const quality = plain.map(() => QUALITY.filter(() => below(12) === 0))
  const images = plain.map((image, i): RandomImage => {
    const equal = plain
      .filter((_, k) => k !== i && image.bytes !== null)
      .filter(other => other.bytes === image.bytes && crc[other.image_id] === crc[i])
    const isFlagged = ({ of }: (typeof QUALITY)[number]) => of === 'image' || image.masks.length > 0
    return {
      ...image,
      flags: [
        ...quality[i]!.filter(isFlagged).map(({ code }) => code),
        ...(equal.some(other => other.dataset_id === image.dataset_id)
          ? ['duplicate_in_dataset']
          : []),
        ...(equal.some(other => other.dataset_id !== image.dataset_id)
          ? ['duplicate_across_datasets']
          : []),
        ...(image.dataset_id === 3 && image.masks.some(({ label_id }) => label_id === 3)
          ? ['whole_cavity']
          : []),
      ],
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
        i.masks.map(m => text(i.image_id, m.label_id, m.instance, m.area, ...box(m.area), null)),
      )
      .join(', ')}`,
  )
  await engine.run(`${createTableSql('quality')}; ${createTableSql('locator')}`)
  const flagged = images.flatMap(({ image_id, masks }, i) =>
    quality[i]!.flatMap(({ of, flag }) => {
      if (of === 'image') return [`(${image_id}, NULL, NULL, '${flag}', NULL)`]
      // Of one mask or of two: it is one flag of the image.
      return masks
        .slice(-2)
        .map(mask => `(${image_id}, ${mask.label_id}, ${mask.instance}, '${flag}', NULL)`)
    }),
  )
  if (flagged.length > 0) await engine.run(`INSERT INTO quality VALUES ${flagged.join(', ')}`)
  const located = images.flatMap(({ image_id, bytes, masks }, i) =>
    bytes === null
      ? []
      : [
          `(${image_id}, NULL, NULL, 0, 0, 1, ${bytes}, 0, ${crc[i]})`,
          // An equal mask makes no duplicate.
          ...masks.map(m => `(${image_id}, ${m.label_id}, ${m.instance}, 0, 0, 1, 100, 0, 0)`),
        ],
  )
  if (located.length > 0) await engine.run(`INSERT INTO locator VALUES ${located.join(', ')}`)
  await deriveTables(engine, () => {}, sliceImages)
  return { images, dimensions: await readDimensions(engine), staging }
}
