import type { ImageRow } from '../queries/image-rows'
import { axisTitle } from './captions'

/** The slices of a case along one axis in one sub-modality, or the pictures of a case that are not slices. */
export interface Series {
  /** "ct_00, axis x (axial)". */
  readonly title: string
  /** Images in the order of slices. */
  readonly images: readonly ImageRow[]
}

const keyOf = (row: ImageRow) => `${row.submodality}, ${row.axis === '2d' ? '2D' : axisTitle(row)}`

/**
 * Group the images of a case into series.
 *
 * @param images In the order of axis, slice and sub-modality.
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
 * The image of a series that corresponds to an image of another series: along the same axis the same or the
 * nearest slice, along another axis the slice in the middle.
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
