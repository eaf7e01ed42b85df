/** What a subset can be written as: code → what it is, how its file ends. */
export const FORMATS = {
  image2label: { title: 'SAM-Med2D training: image → its masks', ending: 'json' },
  label2image: { title: 'SAM-Med2D testing: mask → its image', ending: 'json' },
  csv: { title: 'Table, a row for each mask', ending: 'csv' },
  jsonl: { title: 'JSON lines, an image each', ending: 'jsonl' },
  parquet: { title: 'Parquet, a row for each mask', ending: 'parquet' },
  coco: {
    title: 'COCO: boxes, areas, and masks as RLE where pictures are connected',
    ending: 'json',
  },
  monai: { title: 'MONAI datalist', ending: 'json' },
  nnunet: { title: 'nnU-Net-style dataset.json', ending: 'json' },
  imagefolder: { title: 'Hugging Face imagefolder: metadata.jsonl', ending: 'jsonl' },
  files: { title: 'File names, one a line', ending: 'txt' },
} as const
export type FormatName = keyof typeof FORMATS
export type TextFormat = Exclude<FormatName, 'parquet'>

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name)
