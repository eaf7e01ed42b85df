import { encode, fromRaw } from './encode.node.ts'
import { readPixels } from './file-pixels.node.ts'
import type { ImageRow, MaskRow } from './image-row'
import type { ImageStore } from './image-store'
import { labelRgb } from './label-color'
import { drawOverlays, type Overlay } from './overlay'
import type { PictureFormat } from './picture-format'
import type { PictureRequest } from './picture-request'
import { drawnSize } from './picture-widths'

/** The part of a request that decides what is drawn. */
export type PictureLook = Pick<PictureRequest, 'width' | 'masks' | 'style' | 'opacity' | 'layer'>

/**
 * Draw an image with its masks.
 *
 * @throws ImageFault that names a file that cannot be shown.
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
  const { width, height } = drawnSize(pixels, look.width)
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
  // Lossless for masks, which have sharp edges, and for full size, where readers look at single pixels.
  const exact = look.width === 'full' || look.layer === 'masks'
  return encode(fromRaw({ data, width, height, channels }), format, exact)
}

const isWanted = ({ label }: MaskRow, wanted: PictureLook['masks']): boolean =>
  typeof wanted === 'string' ? wanted === 'all' : wanted.includes(label)
