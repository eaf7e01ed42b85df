import { coverage } from './coverage'
import { decoded, decodeMask, decodeRgb, type OpenPng, openPng, resized } from './decode.node.ts'
import { encode, fromRaw } from './encode.node.ts'
import { ImageFault } from './image-fault'
import { type ImageRow, type MaskRow, pathOf } from './image-row'
import type { ImageStore } from './image-store'
import { labelRgb } from './label-color'
import { drawOverlays, type Overlay } from './overlay'
import type { PictureFormat } from './picture-format'
import type { PictureRequest } from './picture-request'

/** What is drawn: part of a request. */
export type PictureLook = Pick<PictureRequest, 'width' | 'masks' | 'style' | 'opacity' | 'layer'>

/**
 * Draw an image with its masks.
 *
 * @throws ImageFault that names the file if one cannot be shown.
 * @throws the signal's reason once it is aborted.
 */
export async function renderPicture(
  store: ImageStore,
  row: ImageRow,
  look: PictureLook,
  format: PictureFormat,
  signal?: AbortSignal,
): Promise<Buffer> {
  const masks = row.masks.filter(mask => isWanted(mask, look.masks))
  const files = [null, ...masks].map(mask => ({ row, mask }))
  const contents = await store.read(files, signal)
  const [image, ...opened] = files.map((file, i) =>
    openPng(contents[i] as Uint8Array, pathOf(file)),
  )
  assertImageSize(image as OpenPng, row)
  for (const mask of opened) assertMaskSize(mask, image as OpenPng)
  return drawn(image as OpenPng, { masks, opened }, look, format, signal)
}

const isWanted = ({ label }: MaskRow, wanted: PictureLook['masks']): boolean =>
  typeof wanted === 'string' ? wanted === 'all' : wanted.includes(label)

async function drawn(
  image: OpenPng,
  { masks, opened }: { masks: readonly MaskRow[]; opened: readonly OpenPng[] },
  look: PictureLook,
  format: PictureFormat,
  signal?: AbortSignal,
): Promise<Buffer> {
  const { width, height } = targetSize(image, look.width)
  // Masks are cut out sharply; so is a picture that is looked at pixel by pixel.
  const exact = look.width === 'full' || look.layer === 'masks'
  if (masks.length === 0 && look.layer === 'all')
    return decoded(image.path, () => encode(resized(image, width, height), format, exact))
  const overlays: Overlay[] = []
  for (const [i, png] of opened.entries()) {
    signal?.throwIfAborted()
    const { label, region, isLesion } = masks[i] as MaskRow
    const covered = coverage(await decodeMask(png), png.width, png.height, width, height)
    overlays.push({ covered, color: labelRgb(label, region, isLesion) })
  }
  signal?.throwIfAborted()
  const channels = look.layer === 'masks' ? 4 : 3
  const data =
    channels === 4
      ? new Uint8Array(width * height * channels)
      : await decodeRgb(image, width, height)
  drawOverlays(data, width, channels, overlays, look)
  return encode(fromRaw({ data, width, height, channels }), format, exact)
}

/** The aspect is kept, and nothing is enlarged. */
export function targetSize(
  { width, height }: { width: number; height: number },
  wanted: PictureLook['width'],
): { width: number; height: number } {
  if (wanted === 'full' || wanted >= width) return { width, height }
  return { width: wanted, height: Math.max(1, Math.round((height * wanted) / width)) }
}

const sizeText = ({ width, height }: { width: number; height: number }) => `${width} × ${height} px`

function assertImageSize(png: OpenPng, { width, height }: ImageRow): void {
  if (width === null || height === null) return
  if (png.width !== width || png.height !== height)
    throw new ImageFault(
      'wrong-size',
      `${png.path}: is ${sizeText(png)}, the manifest says ${sizeText({ width, height })}; are the images those that it was made from?`,
    )
}

function assertMaskSize(mask: OpenPng, image: OpenPng): void {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new ImageFault(
      'wrong-size',
      `${mask.path}: is ${sizeText(mask)}, its image ${sizeText(image)}; ask for masks=none to see the image`,
    )
}
