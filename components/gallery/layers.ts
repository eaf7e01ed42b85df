import { pictureUrl } from '../../lib/images/picture-url'

/** URLs of the layers of an open image, which have the same size and are drawn over each other. */
export interface Layers {
  readonly image: string
  /** Null if no mask is drawn. */
  readonly fill: string | null
  readonly contour: string | null
}

/**
 * @param labels Labels to draw; 'all' if none is hidden.
 * @param style Both styles have contours.
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
    // Opaque: the page sets the opacity, so that moving the slider requests no picture.
    fill:
      isEmpty || style === 'contour'
        ? null
        : pictureUrl(imageId, { ...masks, opacity: 1 }, version),
    contour: isEmpty ? null : pictureUrl(imageId, { ...masks, style: 'contour' }, version),
  }
}
