/** Maximum number of images of a slice. Joining and sorting them with a few million masks takes at most 100 MB. */
export const SLICE_IMAGES = 262_144

/** Images with consecutive ids; `last` is inclusive. */
export interface ImageSlice {
  readonly first: number
  readonly last: number
  /** The slice as a condition on `image_id`, for SQL. */
  readonly where: string
  /** Index of the slice, from 0, and number of slices. */
  readonly nth: number
  readonly of: number
}

/**
 * Divide images, numbered densely from 0, into slices in ascending order. Work on one slice at a time needs the same
 * memory for any number of images. If rows are sorted by image, DuckDB skips to the rows of a slice. Rows that are
 * inserted slice by slice stay sorted by image.
 *
 * @param images Number of images.
 * @param size Maximum number of images of a slice.
 */
export function imageSlices(images: number, size = SLICE_IMAGES): ImageSlice[] {
  const of = Math.ceil(images / size)
  return Array.from({ length: of }, (_, nth) => {
    const first = nth * size
    const last = Math.min(images, first + size) - 1
    return { first, last, where: `image_id BETWEEN ${first} AND ${last}`, nth, of }
  })
}
