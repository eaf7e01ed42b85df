import { coverage } from './coverage'
import { decodeMask, decodeRgb, type OpenPng, openPng } from './decode.node.ts'
import { ImageFault } from './image-fault'
import { type ImageRow, type MaskRow, pathOf } from './image-row'
import type { ImageStore } from './image-store'
import type { PicturePixels } from './picture-pixels'

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
  const contents = await store.read(files, signal)
  const opened = files.map((file, i) => openPng(contents[i] as Uint8Array, pathOf(file)))
  const [image, ...masksOpened] = opened as [OpenPng, ...OpenPng[]]
  assertImageSize(image, row)
  for (const mask of masksOpened) assertMaskSize(mask, image)
  return {
    width: image.width,
    height: image.height,
    rgb: (width, height) => decodeRgb(image, width, height),
    async covered(i, width, height) {
      const mask = await decodeMask(masksOpened[i] as OpenPng)
      return coverage(mask, image.width, image.height, width, height)
    },
  }
}

const sizeText = ({ width, height }: { width: number; height: number }) => `${width} × ${height} px`

function assertImageSize(png: OpenPng, { width, height }: ImageRow): void {
  if (width === null || height === null) return
  if (png.width !== width || png.height !== height)
    throw new ImageFault(
      'wrong-size',
      `${png.path}: is ${sizeText(png)}, but the manifest lists ${sizeText({ width, height })}; is this the release that the manifest was built from?`,
    )
}

function assertMaskSize(mask: OpenPng, image: OpenPng): void {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new ImageFault(
      'wrong-size',
      `${mask.path}: is ${sizeText(mask)}, but the image is ${sizeText(image)}; request masks=none to see the image`,
    )
}
