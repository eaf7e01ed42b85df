import { HEADER_BYTES } from '../png/png-header'
import { coverage } from './coverage'
import { decodeMask, decodeRgb, openPng } from './decode.node.ts'
import { ImageFault } from './image-fault'
import { type ImageRow, type MaskRow, type PictureFile, pathOf } from './image-row'
import type { ImageStore } from './image-store'
import type { PicturePixels } from './picture-pixels'
import { isLarge } from './picture-widths'
import { readPngHeader } from './png-header'
import { type LargePng, shrinkMask, shrinkRgb } from './shrink.node.ts'

/** A PNG file whose header was checked, at any size up to its own. */
interface Picture {
  readonly path: string
  readonly width: number
  readonly height: number
  rgb(width: number, height: number): Promise<Uint8Array>
  covered(width: number, height: number): Promise<Uint8Array>
}

/**
 * Read the files of an image and its masks, and check their headers. Pixels are decoded when they are used.
 *
 * @throws ImageFault that names a file that cannot be shown.
 * @throws the signal's reason once it is aborted.
 */
export async function readPixels(
  store: ImageStore,
  row: ImageRow,
  masks: readonly MaskRow[],
  signal?: AbortSignal,
): Promise<PicturePixels> {
  const files = [null, ...masks].map(mask => ({ row, mask }))
  const opened = await openPictures(store, files, signal)
  const [image, ...masksOpened] = opened as [Picture, ...Picture[]]
  assertImageSize(image, row)
  for (const mask of masksOpened) assertMaskSize(mask, image)
  return {
    width: image.width,
    height: image.height,
    rgb: (width, height) => image.rgb(width, height),
    covered: (i, width, height) => (masksOpened[i] as Picture).covered(width, height),
  }
}

/** Files that are too large for memory, alone or together, are read in pieces, one after the other. */
async function openPictures(
  store: ImageStore,
  files: readonly PictureFile[],
  signal: AbortSignal | undefined,
): Promise<Picture[]> {
  try {
    const contents = await store.read(files, signal)
    return files.map((file, i) => openPicture(contents[i] as Uint8Array, pathOf(file)))
  } catch (error) {
    const { open } = store
    if (!open || !(error instanceof ImageFault) || error.reason !== 'too-large') throw error
    const opened: Picture[] = []
    for (const file of files) opened.push(await openPieces(open, file, signal))
    return opened
  }
}

function openPicture(bytes: Uint8Array, path: string): Picture {
  const header = readPngHeader(bytes, path)
  if (isLarge(header))
    return largePicture({
      ...header,
      path,
      async *pieces() {
        yield bytes
      },
    })
  const png = openPng(bytes, path)
  const { width, height } = png
  return {
    path,
    width,
    height,
    rgb: (toWidth, toHeight) => decodeRgb(png, toWidth, toHeight),
    covered: async (toWidth, toHeight) =>
      coverage(await decodeMask(png), width, height, toWidth, toHeight),
  }
}

async function openPieces(
  open: NonNullable<ImageStore['open']>,
  file: PictureFile,
  signal: AbortSignal | undefined,
): Promise<Picture> {
  const path = pathOf(file)
  async function* pieces() {
    yield* (await open(file, signal)).pieces
  }
  let head = new Uint8Array(0)
  for await (const piece of pieces()) {
    head = Buffer.concat([head, piece.subarray(0, HEADER_BYTES)])
    if (head.length >= HEADER_BYTES) break
  }
  return largePicture({ ...readPngHeader(head, path), path, pieces })
}

const largePicture = (png: LargePng): Picture => ({
  path: png.path,
  width: png.width,
  height: png.height,
  rgb: (width, height) => shrinkRgb(png, width, height),
  covered: (width, height) => shrinkMask(png, width, height),
})

const sizeText = ({ width, height }: { width: number; height: number }) => `${width} × ${height} px`

function assertImageSize(png: Picture, { width, height }: ImageRow): void {
  if (width === null || height === null) return
  if (png.width !== width || png.height !== height)
    throw new ImageFault(
      'wrong-size',
      `${png.path}: is ${sizeText(png)}, but the manifest lists ${sizeText({ width, height })}; is this the release that the manifest was built from?`,
    )
}

function assertMaskSize(mask: Picture, image: Picture): void {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new ImageFault(
      'wrong-size',
      `${mask.path}: is ${sizeText(mask)}, but the image is ${sizeText(image)}; request masks=none to see the image`,
    )
}
