import type { ImageRow } from '../queries/image-rows'

/** Slices of a case along one axis, in one sub-modality; or its pictures that are no slices. */
export interface Series {
  /** "ct_00, axis z". */
  readonly title: string
  /** By slice. */
  readonly images: readonly ImageRow[]
}

const keyOf = ({ submodality, axis }: ImageRow) =>
  `${submodality}, ${axis === '2d' ? '2D' : `axis ${axis}`}`

/**
 * The images of a case in series.
 *
 * @param images By axis, slice and sub-modality.
 */
export function caseSeries(images: readonly ImageRow[]): Series[] {
  const series = new Map<string, ImageRow[]>()
  for (const image of images) {
    const title = keyOf(image)
    const found = series.get(title)
    if (found) found.push(image)
    else series.set(title, [image])
  }
  return [...series].map(([title, images]) => ({ title, images }))
}

/**
 * The image of a series to go to from an image of another: the same slice along the same axis, else
 * the nearest; along another axis, the one in the middle.
 */
export function counterpart({ images }: Series, from: ImageRow): ImageRow | undefined {
  const first = images[0]
  const { slice } = from
  if (first?.axis !== from.axis || slice === null) return images[Math.floor(images.length / 2)]
  return images.reduce(
    (best, image) => (away(image, slice) < away(best, slice) ? image : best),
    first,
  )
}

const away = (image: ImageRow, slice: number) => Math.abs((image.slice ?? 0) - slice)
