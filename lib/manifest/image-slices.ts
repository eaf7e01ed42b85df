/** With some million masks: sorted, grouped and joined within 100 MB. */
const SLICE_IMAGES = 262_144

/** Images of neighbouring ids. */
export interface ImageSlice {
  readonly first: number
  readonly last: number
  /** The slice as a condition on `image_id`, for SQL. */
  readonly where: string
}

/**
 * Images, which are numbered densely from 0, in slices in their order. What is done a slice at a time takes the
 * same memory whatever their number; rows that lie in the order of their images are skipped to, and those that are
 * inserted slice by slice are in this order again.
 */
export function imageSlices(images: number): ImageSlice[] {
  return Array.from({ length: Math.ceil(images / SLICE_IMAGES) }, (_, i) => {
    const first = i * SLICE_IMAGES
    const last = Math.min(images, first + SLICE_IMAGES) - 1
    return { first, last, where: `image_id BETWEEN ${first} AND ${last}` }
  })
}
