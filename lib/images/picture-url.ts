import { joinLabels } from './mask-list'
import { type PictureWidth, widthFor } from './picture-widths'

export interface PictureOptions {
  readonly width: PictureWidth
  /** Default: all. */
  readonly masks?: 'all' | 'none' | readonly string[]
  /** Default: fill, with a contour. */
  readonly style?: 'fill' | 'contour'
  /** Opacity of the filling; default: 0.45. */
  readonly opacity?: number
  /** Default: all. `masks` is only the masks, on a transparent background. */
  readonly layer?: 'all' | 'masks'
}

/**
 * URL of a picture. The order of the parameters is fixed, so that the same picture always has the same URL.
 *
 * @param version From the server (`PictureService.version`). With a version the picture may be cached forever.
 */
export function pictureUrl(
  imageId: number,
  { width, masks = 'all', style = 'fill', opacity, layer = 'all' }: PictureOptions,
  version?: string,
): string {
  const query = new URLSearchParams({ w: String(width) })
  query.set('masks', typeof masks === 'string' ? masks : masks.length ? joinLabels(masks) : 'none')
  if (style !== 'fill') query.set('style', style)
  if (opacity !== undefined) query.set('opacity', String(Math.round(opacity * 1000) / 1000))
  if (layer !== 'all') query.set('layer', layer)
  if (version !== undefined) query.set('v', version)
  return `/api/images/${imageId}?${query}`
}

/**
 * `src` and `srcset` for a picture that is shown `px` CSS pixels wide, on screens with one or two device pixels
 * per CSS pixel.
 */
export function pictureSources(
  imageId: number,
  px: number,
  options: Omit<PictureOptions, 'width'>,
  version?: string,
): { src: string; srcSet: string } {
  const url = (width: number) =>
    pictureUrl(imageId, { ...options, width: widthFor(width) }, version)
  return { src: url(px), srcSet: `${url(px)} 1x, ${url(2 * px)} 2x` }
}

/** URL of the stored PNG of an image, or of one of its masks (`maskKey`). */
export const originalUrl = (imageId: number, mask?: string): string =>
  `/api/images/${imageId}/${mask === undefined ? 'original' : `masks/${mask}`}.png`

/** URL of the `PictureInfo` of an image, as JSON. */
export const pictureInfoUrl = (imageId: number): string => `/api/images/${imageId}/info`
