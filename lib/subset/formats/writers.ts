import type { TextFormat } from '../formats'
import { coco } from './coco'
import { imagefolder, jsonl } from './json-lines'
import { files, image2label, index, label2image } from './loader'
import { monai } from './monai'
import { nnunet } from './nnunet'
import { csv } from './table'
import type { Writer } from './writer'

/** The writers of all text formats and of the release index. The database writes Parquet. */
export const WRITERS: Readonly<Record<TextFormat | 'index', Writer>> = {
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
