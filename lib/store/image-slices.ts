/** Most images of a slice: with some million masks they are joined and sorted within 100 MB. */
export const SLICE_IMAGES = 262_144

/** Images of neighbouring ids. */
export interface ImageSlice {
  readonly first: number
  readonly last: number
  /** The slice as a condition on `image_id`, for SQL. */
  readonly where: string
  /** Which one it is, from 0, and of how many. */
  readonly nth: number
  readonly of: number
}

/**
 * Images, which are numbered densely from 0, in slices in their order. What is done a slice at a time takes the
 * same memory whatever their number; rows that lie in the order of their images are skipped to, and those that are
 * inserted slice by slice are in this order again.
 *
 * @param size Most images of a slice.
 */
export function imageSlices(images: number, size = SLICE_IMAGES): ImageSlice[] {
  const of = Math.ceil(images / size)
  return Array.from({ length: of }, (_, nth) => {
    const first = nth * size
    const last = Math.min(images, first + size) - 1
    return { first, last, where: `image_id BETWEEN ${first} AND ${last}`, nth, of }
  })
}
