/** Selected images in the manifest's order, and the px that the selected masks of each image cover. */
export interface ImageAreas {
  readonly ids: Uint32Array
  /** 0 for an image without a selected mask, at most `MAX_AREA`, and `UNKNOWN_AREA_SUM` if a mask is not measured. */
  readonly areas: Uint32Array
}

export const UNKNOWN_AREA_SUM = 2 ** 32 - 1
/** Enough for 170 masks that each fill an image of 25 megapixels. */
export const MAX_AREA = 2 ** 32 - 2
