import type { NodeEngine } from '../engine/duckdb.node.ts'
import {
  type ImageName,
  imageName,
  imageStem,
  maskName,
  parseImageName,
  parseMaskName,
} from '../release/names'
import { integer, sql } from '../sql'
import { Offenders } from './offenders'
import type { Finding } from './verify-manifest.node.ts'

/** Images per batch. Their names are in memory at the same time; they have a few hundred thousand masks. */
const BATCH_IMAGES = 50_000

interface ImageColumns extends ImageName {
  image_id: number
  dataset_id: number
}

interface MaskColumns {
  image_id: number
  label_id: number
  instance: number
}

/**
 * Rebuild the file name of every image and mask and parse the name. The result must be the same row.
 *
 * @param images Number of rows of the table `images`.
 * @param onImages Called after each batch with the number of images checked so far.
 */
export async function checkNames(
  engine: NodeEngine,
  images: number,
  onImages: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Finding[]> {
  const classes = await readClasses(engine)
  const ofImages = new Offenders()
  const ofMasks = new Offenders()
  for (let start = 0; start < images; start += BATCH_IMAGES) {
    signal?.throwIfAborted()
    const stems = new Map<number, { stem: string; datasetId: number }>()
    const within = sql`image_id BETWEEN ${integer(start)} AND ${integer(start + BATCH_IMAGES - 1)}`
    for (const row of await engine.rows<ImageColumns>(
      sql`SELECT image_id, dataset_id, submodality, dataset, case_name AS "caseName", axis, slice
        FROM images JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
          JOIN axes USING (axis_id) WHERE ${within}`,
    )) {
      stems.set(row.image_id, { stem: imageStem(row), datasetId: row.dataset_id })
      if (!sameImage(row, classes.datasets))
        ofImages.add(`image ${row.image_id} (${imageName(row)})`)
    }
    for (const row of await engine.rows<MaskColumns>(
      sql`SELECT image_id, label_id, instance FROM masks WHERE ${within}`,
    )) {
      const image = stems.get(row.image_id)
      const path = image && pathOf(row, image, classes)
      if (!image || !path || !sameMask(row, image, path, classes))
        ofMasks.add(
          `mask of image ${row.image_id}, label ${row.label_id}, instance ${row.instance} (${path ?? 'no name'})`,
        )
    }
    onImages(Math.min(images, start + BATCH_IMAGES))
  }
  return [
    { rule: 'the file name of every image leads back to its row', problem: ofImages.problem() },
    { rule: 'the file name of every mask leads back to its row', problem: ofMasks.problem() },
  ]
}

function sameImage(row: ImageColumns, datasets: ReadonlySet<string>): boolean {
  const parsed = parseImageName(imageName(row), datasets)
  return (
    typeof parsed !== 'string' &&
    parsed.submodality === row.submodality &&
    parsed.dataset === row.dataset &&
    parsed.caseName === row.caseName &&
    parsed.axis === row.axis &&
    parsed.slice === row.slice
  )
}

interface NamedImage {
  readonly stem: string
  readonly datasetId: number
}

function pathOf(
  { label_id, instance }: MaskColumns,
  { stem, datasetId }: NamedImage,
  { classOf }: Classes,
): string | undefined {
  const classId = classOf.get(`${datasetId} ${label_id}`)
  return classId === undefined ? undefined : maskName({ imageStem: stem, classId, instance })
}

function sameMask(
  row: MaskColumns,
  { stem, datasetId }: NamedImage,
  path: string,
  { labelOf }: Classes,
): boolean {
  const parsed = parseMaskName(path)
  return (
    typeof parsed !== 'string' &&
    parsed.imageStem === stem &&
    parsed.instance === row.instance &&
    labelOf.get(`${datasetId} ${parsed.classId}`) === row.label_id
  )
}

/** Lookup of class ids by `${datasetId} ${labelId}`, and of label ids by `${datasetId} ${classId}`. */
interface Classes {
  readonly datasets: ReadonlySet<string>
  readonly classOf: ReadonlyMap<string, string>
  readonly labelOf: ReadonlyMap<string, number>
}

async function readClasses(engine: NodeEngine): Promise<Classes> {
  const names = await engine.rows<{ dataset: string }>(sql`SELECT dataset FROM datasets`)
  const rows = await engine.rows<{ dataset_id: number; label_id: number; class_id: string }>(
    sql`SELECT dataset_id, label_id, class_id FROM class_ids`,
  )
  return {
    datasets: new Set(names.map(({ dataset }) => dataset)),
    classOf: new Map(rows.map(row => [`${row.dataset_id} ${row.label_id}`, row.class_id])),
    labelOf: new Map(rows.map(row => [`${row.dataset_id} ${row.class_id}`, row.label_id])),
  }
}
