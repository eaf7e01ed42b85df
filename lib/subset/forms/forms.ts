import type { TextFormat } from '../formats'
import { coco } from './coco'
import type { Form } from './form'
import { imagefolder, jsonl } from './json-lines'
import { files, image2label, index, label2image } from './loader'
import { monai } from './monai'
import { nnunet } from './nnunet'
import { csv } from './table'

/** The text forms, and the index of a release. Parquet is written by the database. */
export const FORMS: Readonly<Record<TextFormat | 'index', Form>> = {
  index,
  image2label,
  label2image,
  csv,
  jsonl,
  coco,
  monai,
  nnunet,
  imagefolder,
  files,
}
