/** The rows of a manifest as columns in memory, in the order of the tables. */
export interface Rows {
  readonly images: {
    /** Cell of the cube's `cells`. */
    readonly cell: Uint32Array
    /** px; 0 where not measured. */
    readonly width: Uint16Array
    readonly height: Uint16Array
    /** Number of masks. */
    readonly masks: Uint16Array
    /** Size of the PNG in bytes; `UNKNOWN_BYTES` where not known. */
    readonly bytes: Uint32Array
  }
  readonly masks: {
    readonly label: Uint16Array
    /** px; 0 where not measured. */
    readonly area: Uint32Array
    /** Bin of the share of the image; `UNKNOWN_BIN` where not measured. */
    readonly areaBin: Uint8Array
  }
  /** Masks of image i are at `starts[i]` up to, not with, `starts[i + 1]`. */
  readonly starts: Uint32Array
}

export const UNKNOWN_BYTES = 2 ** 32 - 1

/** Room for that many rows. */
export const emptyRows = (images: number, masks: number): Rows => ({
  images: {
    cell: new Uint32Array(images),
    width: new Uint16Array(images),
    height: new Uint16Array(images),
    masks: new Uint16Array(images),
    bytes: new Uint32Array(images),
  },
  masks: {
    label: new Uint16Array(masks),
    area: new Uint32Array(masks),
    areaBin: new Uint8Array(masks),
  },
  starts: new Uint32Array(images + 1),
})

/**
 * Find where the masks of each image are, once all rows are there.
 *
 * @throws RangeError if the images count other masks than there are.
 */
export function indexMasks({ images, masks, starts }: Rows): void {
  for (let image = 0; image < images.masks.length; image++)
    starts[image + 1] = (starts[image] as number) + (images.masks[image] as number)
  const counted = starts[images.masks.length] as number
  if (counted !== masks.label.length)
    throw new RangeError(`the images count ${counted} masks, there are ${masks.label.length}`)
}
