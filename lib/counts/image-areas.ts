/** Selected images in the manifest's order, and px of the selected masks of each. */
export interface ImageAreas {
  readonly ids: Uint32Array
  /** 0 without a mask; more than `MAX_AREA` counts as that; `UNKNOWN_AREA_SUM` if not measured. */
  readonly areas: Uint32Array
}

export const UNKNOWN_AREA_SUM = 2 ** 32 - 1
/** Masks of 170 whole images of 25 megapixels still fit. */
export const MAX_AREA = 2 ** 32 - 2
