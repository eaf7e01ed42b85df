import { encode, fromRaw } from './encode.node.ts'
import { readPixels } from './file-pixels.node.ts'
import type { ImageRow, MaskRow } from './image-row'
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
  const pixels = store.paint?.(row, masks) ?? (await readPixels(store, row, masks, signal))
  const { width, height } = targetSize(pixels, look.width)
  const overlays: Overlay[] = []
  for (const [i, { label, region, isLesion }] of masks.entries()) {
    signal?.throwIfAborted()
    const covered = await pixels.covered(i, width, height)
    overlays.push({ covered, color: labelRgb(label, region, isLesion) })
  }
  signal?.throwIfAborted()
  const channels = look.layer === 'masks' ? 4 : 3
  const data = channels === 4 ? new Uint8Array(width * height * 4) : await pixels.rgb(width, height)
  drawOverlays(data, width, channels, overlays, look)
  // Masks are cut out sharply; so is a picture that is looked at pixel by pixel.
  const exact = look.width === 'full' || look.layer === 'masks'
  return encode(fromRaw({ data, width, height, channels }), format, exact)
}

const isWanted = ({ label }: MaskRow, wanted: PictureLook['masks']): boolean =>
  typeof wanted === 'string' ? wanted === 'all' : wanted.includes(label)

/** The aspect is kept, and nothing is enlarged. */
function targetSize(
  { width, height }: { width: number; height: number },
  wanted: PictureLook['width'],
): { width: number; height: number } {
  if (wanted === 'full' || wanted >= width) return { width, height }
  return { width: wanted, height: Math.max(1, Math.round((height * wanted) / width)) }
}
