import { countOf } from '../format'

/**
 * Formats of a subset, by code: what the file is, the file name and extension, whether the file records the split of
 * each image, and whether it omits what its reader cannot use. That is empty masks and masks of another size than their
 * image (`oddMasks`), and images without a mask (`unmasked`).
 *
 * SAM-Med2D's loader fails on both. MONAI's LoadImage fails on an empty list of files. Masks of two sizes cannot be
 * stacked or composed. COCO has no empty objects.
 */
export const FORMATS = {
  image2label: {
    title: 'SAM-Med2D training: image → its masks',
    file: 'image2label',
    extension: 'json',
    marksSplit: false,
    omits: { oddMasks: true, unmasked: true },
  },
  label2image: {
    title: 'SAM-Med2D testing: mask → its image',
    file: 'label2image',
    extension: 'json',
    marksSplit: false,
    omits: { oddMasks: true, unmasked: true },
  },
  csv: {
    title: 'CSV table, one row per mask',
    file: 'subset',
    extension: 'csv',
    marksSplit: true,
    omits: { oddMasks: false, unmasked: false },
  },
  jsonl: {
    title: 'JSON lines, one image per line',
    file: 'subset',
    extension: 'jsonl',
    marksSplit: true,
    omits: { oddMasks: false, unmasked: false },
  },
  parquet: {
    title: 'Parquet, one row per mask',
    file: 'subset',
    extension: 'parquet',
    marksSplit: true,
    omits: { oddMasks: false, unmasked: false },
  },
  coco: {
    title: 'COCO: boxes, areas, and masks as RLE if an image store is connected',
    file: 'instances',
    extension: 'json',
    marksSplit: false,
    omits: { oddMasks: true, unmasked: false },
  },
  monai: {
    title: 'MONAI datalist',
    file: 'datalist',
    extension: 'json',
    marksSplit: true,
    omits: { oddMasks: true, unmasked: true },
  },
  nnunet: {
    title: 'nnU-Net-style dataset.json',
    file: 'dataset',
    extension: 'json',
    marksSplit: true,
    omits: { oddMasks: true, unmasked: false },
  },
  imagefolder: {
    title: 'Hugging Face imagefolder: metadata.jsonl',
    file: 'metadata',
    extension: 'jsonl',
    marksSplit: true,
    omits: { oddMasks: true, unmasked: false },
  },
  files: {
    title: 'File names, one per line',
    file: 'files',
    extension: 'txt',
    marksSplit: false,
    omits: { oddMasks: false, unmasked: false },
  },
} as const

const namesOf = (what: 'oddMasks' | 'unmasked'): string => {
  const names = Object.entries(FORMATS).flatMap(([name, { omits }]) => (omits[what] ? [name] : []))
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** A note on images without masks; empty if there are none. */
export const unmaskedText = (images: number): string =>
  images === 0
    ? ''
    : `${countOf(images, 'image')} without a mask: ${namesOf('unmasked')} omit ${images === 1 ? 'it' : 'them'}`

/** Masks that some readers cannot use, as far as they have been measured. */
export interface OddMasks {
  readonly emptyMasks: number
  /** Masks of another size than their image. */
  readonly wrongSizeMasks: number
}

/** The filter that excludes all images with such masks. */
export const NO_ODD_MASKS = 'flag=!mask_empty,!mask_wrong_size'

/** "2 empty masks and 1 mask of another size than its image"; empty if there are none. */
export function oddMasksText({ emptyMasks, wrongSizeMasks }: OddMasks): string {
  const empty = emptyMasks > 0 ? [countOf(emptyMasks, 'empty mask')] : []
  const wrong = `${countOf(wrongSizeMasks, 'mask')} of another size than ${wrongSizeMasks === 1 ? 'its image' : 'their images'}`
  return [...empty, ...(wrongSizeMasks > 0 ? [wrong] : [])].join(' and ')
}

/** A note on such masks before a format is chosen; empty if there are none. */
export function oddMasksNote(odd: OddMasks): string {
  const text = oddMasksText(odd)
  return text && `${text}: ${namesOf('oddMasks')} omit them; ${NO_ODD_MASKS} excludes their images`
}

export type FormatName = keyof typeof FORMATS
export type TextFormat = Exclude<FormatName, 'parquet'>

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name)
