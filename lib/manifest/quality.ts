/**
 * What measuring may find amiss with a picture: code → one line for people. Readers, `verify` and
 * docs/manifest.md take the codes from here.
 */
export const IMAGE_FLAGS = {
  constant: 'all pixels have one colour',
  binary_looking: 'its pixels have exactly two colours, as those of a mask',
  unreadable: 'the file cannot be read or decoded; width and height are NULL',
  missing: 'the file is not there; width and height are NULL',
} as const

/** As IMAGE_FLAGS, of masks. A pixel is set where any of its colours is not 0. */
export const MASK_FLAGS = {
  empty: 'no pixel is set, so it has no box',
  full_frame: 'every pixel is set',
  inverted_looking:
    'every pixel of the border and more than half of all are set, but not every one: what is not set is an island',
  wrong_size: 'width or height are not those of the image; area and box are NULL',
  unreadable: 'the file cannot be read or decoded; area and box are NULL',
  missing: 'the file is not there; area and box are NULL',
} as const

export type ImageFlag = keyof typeof IMAGE_FLAGS
export type MaskFlag = keyof typeof MASK_FLAGS
