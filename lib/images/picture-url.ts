import { joinLabels } from './mask-list'
import { type PictureWidth, widthFor } from './picture-widths'

export interface PictureOptions {
  readonly width: PictureWidth
  /** Default: all. */
  readonly masks?: 'all' | 'none' | readonly string[]
  /** Default: fill, with a contour. */
  readonly style?: 'fill' | 'contour'
  /** Of the filling; default: 0.45. */
  readonly opacity?: number
  /** Default: all. `masks` is the masks alone, on a transparent ground. */
  readonly layer?: 'all' | 'masks'
}

/**
 * Address of a picture, with its parameters in one fixed order, so that the same picture has the
 * same address everywhere.
 *
 * @param version From the server (`PictureService.version`): with it the picture may be cached for good.
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

/** `src` and `srcset` for a picture shown `px` CSS pixels wide, on screens of one and two densities. */
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

/** Address of the stored PNG of an image, or of one of its masks (`maskKey`). */
export const originalUrl = (imageId: number, mask?: string): string =>
  `/api/images/${imageId}/${mask === undefined ? 'original' : `masks/${mask}`}.png`

/** Address of what the manifest says of an image: `PictureInfo` as JSON. */
export const pictureInfoUrl = (imageId: number): string => `/api/images/${imageId}/info`
