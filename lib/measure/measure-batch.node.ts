import type { NodeEngine } from '../engine/duckdb.node.ts'
import { ImageFault } from '../images/image-fault'
import { type ImageRow, type PictureFile, pathOf } from '../images/image-row'
import type { ImageStore, PictureResult } from '../images/image-store'
import type { RowNames } from '../images/row-names'
import { readRowRange } from '../images/row-range'
import { type Flag, faultFlag, imageFlags, isSameSize, maskFlags } from './flags'
import {
  HEAD_BYTES,
  type MeasuredImage,
  type MeasuredMask,
  measureImage,
  measureMask,
  type PictureSize,
  readSize,
} from './measure-picture.node.ts'
import type { Batch, PartRow } from './part-file.node.ts'

/** What measuring needs of a manifest and a store. */
export interface BatchSource {
  /** Engine with the manifest's tables of images and masks. */
  readonly engine: NodeEngine
  readonly names: RowNames
  readonly readEach: NonNullable<ImageStore['readEach']>
}

export interface BatchOptions {
  /** Only sizes of images, from the first bytes of their files. */
  readonly sizeOnly: boolean
  readonly signal?: AbortSignal
  /** Called after every few pictures with the number of pictures since the last call. */
  readonly onPictures?: (pictures: number) => void
}

export interface BatchResult {
  /** A row for each image, a row for each mask (unless `sizeOnly`), and a row for each flag. */
  readonly rows: readonly PartRow[]
  /** Pictures that were read, or do not exist. */
  readonly pictures: number
  /** Pictures that were measured. */
  readonly measured: number
  /** Pictures that do not exist. */
  readonly missing: number
}

type Outcome<Measured> = { readonly bytes: number } & Measured
const PICTURES_A_MESSAGE = 64

/**
 * Measure the pictures of a range of images. Pictures that cannot be read or decoded get a flag; only a failure of
 * the store itself is an error.
 *
 * @throws as `ImageStore.readEach`.
 */
export async function measureBatch(
  { engine, names, readEach }: BatchSource,
  { from, to }: Batch,
  { sizeOnly, signal, onPictures = () => {} }: BatchOptions,
): Promise<BatchResult> {
  const images = [...(await readRowRange(engine, names, from, to, false)).values()]
  const files = images.flatMap((row): PictureFile[] => [
    { row, mask: null },
    ...(sizeOnly ? [] : row.masks.map(mask => ({ row, mask }))),
  ])
  const measured = new Map<PictureFile, Outcome<MeasuredPicture> | ImageFault>()
  const options = { ...(sizeOnly && { headBytes: HEAD_BYTES }), ...(signal && { signal }) }
  for await (const result of readEach(files, options)) {
    measured.set(result.file, await outcomeOf(result, sizeOnly))
    if (measured.size % PICTURES_A_MESSAGE === 0) onPictures(PICTURES_A_MESSAGE)
  }
  onPictures(measured.size % PICTURES_A_MESSAGE)
  const outcomes = [...measured.values()]
  const faults = outcomes.filter(outcome => outcome instanceof ImageFault)
  const sizeOf = new Map<ImageRow, PictureSize>()
  for (const [{ row, mask }, outcome] of measured)
    if (mask === null && !(outcome instanceof ImageFault)) sizeOf.set(row, outcome)
  return {
    rows: files.flatMap(file => {
      const outcome = measured.get(file)
      if (!outcome) throw new RangeError(`${pathOf(file)}: the image store returned no result`)
      return rowsOf(file, outcome, sizeOf.get(file.row) ?? null)
    }),
    pictures: files.length,
    measured: files.length - faults.length,
    missing: faults.filter(({ reason }) => reason === 'missing').length,
  }
}

type MeasuredPicture = PictureSize & Partial<MeasuredImage & MeasuredMask>

async function outcomeOf(
  { file, data, fault, ...read }: PictureResult & { bytes?: number },
  sizeOnly: boolean,
): Promise<Outcome<MeasuredPicture> | ImageFault> {
  if (fault) return fault
  const path = pathOf(file)
  const measure = sizeOnly ? readSize : file.mask === null ? measureImage : measureMask
  try {
    return { ...(await measure(data, path)), bytes: read.bytes ?? data.length }
  } catch (error) {
    if (error instanceof ImageFault) return error
    throw error
  }
}

/** The rows of one picture: its measures, and a row for each flag. */
function rowsOf(
  { row, mask }: PictureFile,
  outcome: Outcome<MeasuredPicture> | ImageFault,
  image: PictureSize | null,
): PartRow[] {
  const ids = {
    image_id: row.imageId,
    label_id: mask?.labelId ?? null,
    instance: mask?.instance ?? null,
  }
  const withFlags = (values: Omit<PartRow, 'image_id'>, flags: readonly Flag[]): PartRow[] => [
    { ...ids, ...values },
    ...flags.map(flag => ({ ...ids, ...flag })),
  ]
  if (outcome instanceof ImageFault) return withFlags({}, [faultFlag(outcome)])
  const { width, height, bytes, colors, area = 0, box = null, fillsBorder = false } = outcome
  if (mask === null)
    return withFlags({ width, height, bytes }, colors === undefined ? [] : imageFlags({ colors }))
  const fits = image === null || isSameSize(outcome, image)
  return withFlags(
    { bytes, ...(fits && { area, ...box }) },
    maskFlags({ width, height, area, box, fillsBorder }, image),
  )
}
