import { Limit } from '../async/limit'
import { UserError } from '../errors'
import { decodeMask, openPng } from '../images/decode.node.ts'
import { ImageFault } from '../images/image-fault'
import { type ImageRow, type MaskRow, type PictureFile, pathOf } from '../images/image-row'
import type { ImageStore, PictureResult } from '../images/image-store'
import { isLarge } from '../images/picture-widths'
import { readPngHeader } from '../images/png-header'
import { wholeMask } from '../images/shrink.node.ts'
import { encodeRle, type Rle } from './rle'
import type { SubsetImage, SubsetMask } from './subset-image'

/** Images per read. Their masks are decoded together. */
const AT_A_TIME = 64

/** Where pixels of masks are read from. */
export interface PixelSource {
  readonly store: ImageStore
  /** Receives masks that measuring had not found. */
  readonly found: FoundMasks
}

/** Masks that prove unusable when their pixels are read. */
export interface FoundMasks {
  /** Paths of masks with another size than their image. */
  readonly wrongSize: string[]
  /** Masks without a set pixel. */
  empty: number
}

/**
 * The same images with the pixels of their masks, read from an image store. Masks with another size than their image
 * are left out.
 *
 * @throws UserError that names the first mask that does not exist or is damaged.
 */
export async function* withPixels(
  batches: AsyncIterable<readonly SubsetImage[]>,
  source: PixelSource,
): AsyncGenerator<readonly SubsetImage[]> {
  for await (const batch of batches)
    for (let at = 0; at < batch.length; at += AT_A_TIME)
      yield await decoded(batch.slice(at, at + AT_A_TIME), source)
}

async function decoded(
  images: readonly SubsetImage[],
  { store, found }: PixelSource,
): Promise<SubsetImage[]> {
  const files = new Map<PictureFile, SubsetMask>()
  for (const image of images) {
    const row = rowOf(image)
    for (const [i, mask] of row.masks.entries())
      files.set({ row, mask }, image.masks[i] as SubsetMask)
  }
  const rles = new Map<SubsetMask, Rle>()
  const work: Promise<void>[] = []
  const take = async ({ file, data, fault }: PictureResult) => {
    if (fault) throw asUserError(file, fault)
    const rle = await rleOf(file, data)
    if (rle) rles.set(files.get(file) as SubsetMask, rle)
    else found.wrongSize.push(pathOf(file))
    if (rle?.area === 0) found.empty++
  }
  for await (const result of readAll([...files.keys()], store)) {
    const taken = take(result)
    // Prevents an unhandled rejection; the await below still throws it.
    taken.catch(() => {})
    work.push(taken)
  }
  await Promise.all(work)
  return images.map(image => ({
    ...image,
    masks: image.masks.flatMap(mask => {
      const rle = rles.get(mask)
      return rle ? [{ ...mask, rle }] : []
    }),
  }))
}

/** Read all masks; a store of simulated pictures has no `readEach`. */
async function* readAll(
  files: readonly PictureFile[],
  store: ImageStore,
): AsyncGenerator<PictureResult> {
  if (store.readEach) return yield* store.readEach(files, {})
  for (const file of files) {
    const [data] = await store.read([file])
    yield { file, data: data as Uint8Array, bytes: data?.length ?? 0 }
  }
}

/** Large masks take a byte per pixel, so they are decoded one at a time. */
const oneLarge = new Limit(1)

/** Null for a mask with another size than its image. */
async function rleOf(file: PictureFile, data: Uint8Array): Promise<Rle | null> {
  const { width, height } = file.row
  try {
    const path = pathOf(file)
    const header = readPngHeader(data, path)
    if (header.width !== width || header.height !== height) return null
    if (!isLarge(header)) return encodeRle(await decodeMask(openPng(data, path)), width, height)
    const pieces = async function* () {
      yield data
    }
    return await oneLarge.run('', async () =>
      encodeRle(await wholeMask({ ...header, path, pieces }), width, height),
    )
  } catch (error) {
    throw error instanceof ImageFault ? asUserError(file, error) : error
  }
}

const asUserError = ({ row }: PictureFile, fault: ImageFault) =>
  new UserError(
    `${fault.message}; remove image ${row.imageId} from the subset, or write COCO without --images`,
    1,
    { cause: fault },
  )

function rowOf({ imageId, series, axis, slice, width, height, masks }: SubsetImage): ImageRow {
  return {
    imageId,
    axis,
    slice,
    width,
    height,
    modality: series.modality,
    submodality: series.submodality,
    dataset: series.dataset,
    caseName: series.caseName,
    masks: masks.map(({ of, instance, area, box }): MaskRow => {
      const { labelId, label, region, isLesion, classId } = of
      const [x0, y0, x1, y1] = box ?? [0, 0, 0, 0]
      return {
        labelId,
        label,
        region,
        isLesion,
        classId,
        instance,
        area,
        box: box && { x0, y0, x1, y1 },
      }
    }),
  }
}
