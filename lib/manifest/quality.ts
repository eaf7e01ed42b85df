/**
 * Problems that measuring can find in an image: code → one line for people. Readers, `verify` and docs/manifest.md
 * use these codes.
 */
export const IMAGE_FLAGS = {
  constant: 'all pixels have one colour',
  binary_looking: 'the pixels have exactly two colours, as in a mask',
  unreadable: 'the file cannot be read or decoded; width and height are NULL',
  missing: 'the file does not exist; width and height are NULL',
} as const

/** As `IMAGE_FLAGS`, for masks. A pixel is set if any of its colour channels is not 0. */
export const MASK_FLAGS = {
  empty: 'no pixel is set, so there is no box',
  full_frame: 'every pixel is set',
  inverted_looking:
    'all border pixels and more than half of all pixels are set, but not every pixel: the unset pixels form an island',
  wrong_size: 'width or height differ from the image; area and box are NULL',
  unreadable: 'the file cannot be read or decoded; area and box are NULL',
  missing: 'the file does not exist; area and box are NULL',
  non_binary:
    'the decoded pixels have other values than 0 and 1, or 0 and 255 (65535 of 16 bits), or are coloured',
} as const

/**
 * Why measuring left a picture out. This is no defect of the picture, so these codes are counted apart, and a later
 * `measure` tries these pictures again. Of images and masks alike.
 */
export const NOT_MEASURED = {
  not_measured_link:
    'the file is a link that leads out of the folders that may be read; measure with --allow-root',
  not_measured_permission: 'the file may not be read by the user who measured',
  not_measured_limit: 'the file or the picture is larger than this program decodes',
} as const

export type ImageFlag = keyof typeof IMAGE_FLAGS
export type MaskFlag = keyof typeof MASK_FLAGS
export type NotMeasured = keyof typeof NOT_MEASURED

export const NOT_MEASURED_CODES = Object.keys(NOT_MEASURED) as NotMeasured[]
