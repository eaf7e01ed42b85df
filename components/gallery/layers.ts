import { pictureUrl } from '../../lib/images/picture-url'

/** Addresses of the layers that an open image is made of: drawn over each other, the same size. */
export interface Layers {
  readonly image: string
  /** null where no mask is drawn. */
  readonly fill: string | null
  readonly contour: string | null
}

/**
 * @param labels Labels to draw: 'all' where none is left out.
 * @param style Contours are drawn in both.
 */
export function layersOf(
  imageId: number,
  labels: 'all' | readonly string[],
  style: 'fill' | 'contour',
  version: string | undefined,
): Layers {
  const masks = { width: 'full', layer: 'masks', masks: labels } as const
  const isEmpty = labels.length === 0
  return {
    image: pictureUrl(imageId, { width: 'full', masks: 'none' }, version),
    // Opaque: how much of it is seen is the page's, so that a slider asks for nothing.
    fill:
      isEmpty || style === 'contour'
        ? null
        : pictureUrl(imageId, { ...masks, opacity: 1 }, version),
    contour: isEmpty ? null : pictureUrl(imageId, { ...masks, style: 'contour' }, version),
  }
}
