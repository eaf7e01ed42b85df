import type { NodeEngine } from '../engine/duckdb.node.ts'
import { ImageFault, OutsideLink } from '../images/image-fault'
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
import { addOutside, type OutsideLinks } from './outside-links.node.ts'
import type { Batch, PartRow } from './part-file.node.ts'
import { pictureKey, retriedIn } from './retried.node.ts'

/** Parts of a manifest and an image store that measuring needs. */
export interface BatchSource {
  /** Engine with the manifest's tables of images and masks. */
  readonly engine: NodeEngine
  readonly names: RowNames
  readonly readEach: NonNullable<ImageStore['readEach']>
  /** Opens files that are too large for `readEach`, to read them as a stream. */
  readonly open?: ImageStore['open']
}

export interface BatchOptions {
  /** Measure only the sizes of images, from the first bytes of the files. */
  readonly sizeOnly: boolean
  /** Measure only the pictures of `retriedSql`. */
  readonly retry: boolean
  readonly signal?: AbortSignal
  /** Called from time to time with the number of pictures read since the last call. */
  readonly onPictures?: (pictures: number) => void
}

export interface BatchResult {
  /** A row for each image and mask that was tried (no masks if `sizeOnly`), and a row for each flag. */
  readonly rows: readonly PartRow[]
  /** Pictures that were tried. */
  readonly pictures: number
  /** Pictures that were measured. */
  readonly measured: number
  /** Pictures that do not exist. */
  readonly missing: number
  /** Links that were not followed, because they lead out of the allowed folders. */
  readonly outside: OutsideLinks
}

type Outcome<Measured> = { readonly bytes: number } & Measured
const PICTURES_A_MESSAGE = 64

/**
 * Measure the pictures of a range of images. Pictures that cannot be read or decoded get a flag. Only a failure of the
 * image store throws.
 *
 * @throws as `ImageStore.readEach`.
 */
export async function measureBatch(
  { engine, names, readEach, open }: BatchSource,
  { from, to }: Batch,
  { sizeOnly, retry, signal, onPictures = () => {} }: BatchOptions,
): Promise<BatchResult> {
  const images = [...(await readRowRange(engine, names, from, to, false)).values()]
  const retried = retry ? await retriedIn(engine, sizeOnly, { from, to }) : null
  const files = images
    .flatMap((row): PictureFile[] => [
      { row, mask: null },
      ...(sizeOnly ? [] : row.masks.map(mask => ({ row, mask }))),
    ])
    .filter(({ row, mask }) => retried?.has(pictureKey(row.imageId, mask)) ?? true)
  const measured = new Map<PictureFile, Outcome<MeasuredPicture> | ImageFault>()
  const options = { ...(sizeOnly && { headBytes: HEAD_BYTES }), ...(signal && { signal }) }
  for await (const result of readEach(files, options)) {
    const isTooLarge = result.fault?.reason === 'too-large' && !sizeOnly
    const outcome =
      isTooLarge && open
        ? await outcomeOfLarge(result.file, open, signal)
        : await outcomeOf(result, sizeOnly)
    measured.set(result.file, outcome)
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
      return rowsOf(file, outcome, sizeOf.get(file.row) ?? (retried && knownSize(file, retried)))
    }),
    pictures: files.length,
    measured: files.length - faults.length,
    missing: faults.filter(({ reason }) => reason === 'missing').length,
    outside: faults
      .filter(fault => fault instanceof OutsideLink)
      .reduce(addOutside, new Map() as OutsideLinks),
  }
}

/** The image size that an earlier run measured; null if the size is unknown or the image is tried again now. */
function knownSize({ row }: PictureFile, retried: ReadonlySet<string>): PictureSize | null {
  const { width, height } = row
  const isRetried = retried.has(pictureKey(row.imageId, null))
  return isRetried || width === null || height === null ? null : { width, height }
}

type MeasuredPicture = PictureSize & Partial<MeasuredImage & MeasuredMask>

async function outcomeOf(
  { file, data, fault, ...read }: PictureResult & { bytes?: number },
  sizeOnly: boolean,
): Promise<Outcome<MeasuredPicture> | ImageFault> {
  if (fault) return fault
  const path = pathOf(file)
  const measure = sizeOnly ? readSize : file.mask === null ? measureImage : measureMask
  return orFault(async () => ({
    ...(await measure(data, path)),
    bytes: read.bytes ?? data.length,
  }))
}

/** Measure a file as a stream, because the file is too large for memory. */
const outcomeOfLarge = (
  file: PictureFile,
  open: NonNullable<ImageStore['open']>,
  signal: AbortSignal | undefined,
): Promise<Outcome<MeasuredPicture> | ImageFault> =>
  orFault(async () => {
    const { bytes, pieces } = await open(file, signal)
    const measure = file.mask === null ? measureImage : measureMask
    return { ...(await measure(pieces, pathOf(file))), bytes }
  })

async function orFault<Result>(work: () => Promise<Result>): Promise<Result | ImageFault> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ImageFault && error.reason !== 'source') return error
    throw error
  }
}

/** The rows of one picture: a row with the measures, and a row for each flag. */
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
  const { notBinary = null } = outcome
  if (mask === null)
    return withFlags({ width, height, bytes }, colors === undefined ? [] : imageFlags({ colors }))
  const fits = image === null || isSameSize(outcome, image)
  return withFlags(
    { bytes, ...(fits && { area, ...box }) },
    maskFlags({ width, height, area, box, fillsBorder, notBinary }, image),
  )
}
