/** Query-string keys of the gallery's view. Only `at` and `image` refer to one list of images. */
export const GALLERY_KEYS = [
  'order',
  'seed',
  'group',
  'thumb',
  'overlay',
  'upright',
  'turn',
  'at',
  'image',
] as const
export type GalleryKey = (typeof GALLERY_KEYS)[number]

/** Query-string keys that say how the page shows things; all other keys are facets. */
export const VIEW_KEYS: ReadonlySet<string> = new Set(['scale', 'panel', ...GALLERY_KEYS])

/** View keys that are positions in the image list of a filter; they are dropped when the filter changes. */
export const PLACE_KEYS: ReadonlySet<string> = new Set<GalleryKey>(['at', 'image'])
