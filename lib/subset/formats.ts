import { countOf } from '../format'

/**
 * What a subset can be written as: code → what it is, how its file is called, how it ends, and whether it
 * says of each image in which split it is.
 */
export const FORMATS = {
  image2label: {
    title: 'SAM-Med2D training: image → its masks',
    file: 'image2label',
    extension: 'json',
    marksSplit: false,
  },
  label2image: {
    title: 'SAM-Med2D testing: mask → its image',
    file: 'label2image',
    extension: 'json',
    marksSplit: false,
  },
  csv: { title: 'CSV table, one row per mask', file: 'subset', extension: 'csv', marksSplit: true },
  jsonl: {
    title: 'JSON lines, one image per line',
    file: 'subset',
    extension: 'jsonl',
    marksSplit: true,
  },
  parquet: {
    title: 'Parquet, one row per mask',
    file: 'subset',
    extension: 'parquet',
    marksSplit: true,
  },
  coco: {
    title: 'COCO: boxes, areas, and masks as RLE if an image store is connected',
    file: 'instances',
    extension: 'json',
    marksSplit: false,
  },
  monai: { title: 'MONAI datalist', file: 'datalist', extension: 'json', marksSplit: true },
  nnunet: {
    title: 'nnU-Net-style dataset.json',
    file: 'dataset',
    extension: 'json',
    marksSplit: true,
  },
  imagefolder: {
    title: 'Hugging Face imagefolder: metadata.jsonl',
    file: 'metadata',
    extension: 'jsonl',
    marksSplit: true,
  },
  files: { title: 'File names, one per line', file: 'files', extension: 'txt', marksSplit: false },
} as const

/** What is to be known of images without masks; empty where there are none. */
export const unmaskedText = (images: number): string =>
  images === 0
    ? ''
    : `${countOf(images, 'image')} without a mask: image2label and label2image omit ${images === 1 ? 'it' : 'them'}`

export type FormatName = keyof typeof FORMATS
export type TextFormat = Exclude<FormatName, 'parquet'>

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name)
