import { csvCell } from '../csv'
import { UserError } from '../errors'
import type { SubsetImage } from './rows.node.ts'

/** What a subset can be written as: code → what it is, how its file ends. */
export const FORMATS = {
  image2label: { title: 'SAM-Med2D training: image → its masks', ending: 'json' },
  label2image: { title: 'SAM-Med2D testing: mask → its image', ending: 'json' },
  csv: { title: 'Table, a row for each mask', ending: 'csv' },
  jsonl: { title: 'JSON lines, an image each', ending: 'jsonl' },
  parquet: { title: 'Parquet, a row for each mask', ending: 'parquet' },
  coco: { title: 'COCO, boxes and areas', ending: 'json' },
  monai: { title: 'MONAI datalist', ending: 'json' },
  nnunet: { title: 'nnU-Net-style dataset.json', ending: 'json' },
  imagefolder: { title: 'Hugging Face imagefolder: metadata.jsonl', ending: 'jsonl' },
  files: { title: 'File names, one a line', ending: 'txt' },
} as const
export type FormatName = keyof typeof FORMATS

/** Forms that say areas or boxes of masks. */
const MEASURED: readonly FormatName[] = ['csv', 'jsonl', 'coco', 'imagefolder']
export const needsAreas = (format: FormatName): boolean => MEASURED.includes(format)

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name)

export interface SubsetFacts {
  readonly name: string
  readonly manifest: { readonly name: string; readonly id: string; readonly simulated: boolean }
  readonly labels: readonly string[]
}

type Rows = AsyncIterable<SubsetImage>

/** A text format's content, piece by piece. Parquet is written by the database. */
export function writeText(
  format: Exclude<FormatName, 'parquet'>,
  rows: Rows,
  facts: SubsetFacts,
): AsyncIterable<string> {
  return WRITERS[format](rows, facts)
}

type Writer = (rows: Rows, facts: SubsetFacts) => AsyncGenerator<string>

const json = JSON.stringify

/** `{"images/A.png": ["masks/A--0000_000.png", …], …}`, as the SAM-Med2D training code reads it. */
const image2label: Writer = async function* (rows) {
  let before = '{\n'
  for await (const { path, masks } of rows) {
    yield `${before}${json(path)}: ${json(masks.map(mask => mask.path))}`
    before = ',\n'
  }
  yield before === '{\n' ? '{}\n' : '\n}\n'
}

/** `{"masks/A--0000_000.png": "images/A.png", …}`, as the SAM-Med2D test code reads it. */
const label2image: Writer = async function* (rows) {
  let before = '{\n'
  for await (const { path, masks } of rows)
    for (const mask of masks) {
      yield `${before}${json(mask.path)}: ${json(path)}`
      before = ',\n'
    }
  yield before === '{\n' ? '{}\n' : '\n}\n'
}

export const CSV_COLUMNS = [
  ...['image', 'mask', 'split', 'modality', 'submodality', 'dataset', 'case_name', 'axis', 'slice'],
  ...[
    'width',
    'height',
    'label',
    'organ',
    'region',
    'is_lesion',
    'is_union',
    'class_id',
    'instance',
  ],
  ...['area', 'x0', 'y0', 'x1', 'y1'],
] as const

/** What is unknown is an empty field. */
const csv: Writer = async function* (rows) {
  yield `${CSV_COLUMNS.join(',')}\n`
  for await (const image of rows) {
    const { path, split, modality, submodality, dataset, caseName, axis, slice, width, height } =
      image
    for (const mask of image.masks.length > 0 ? image.masks : [null]) {
      const cells = [
        ...[
          path,
          mask?.path,
          split,
          modality,
          submodality,
          dataset,
          caseName,
          axis,
          slice,
          width,
          height,
        ],
        ...[mask?.label, mask?.organ, mask?.region, mask?.isLesion, mask?.isUnion, mask?.classId],
        ...[mask?.instance, mask?.area, ...(mask?.box ?? ['', '', '', ''])],
      ]
      yield `${cells.map(cell => (cell === null || cell === undefined ? '' : csvCell(String(cell)))).join(',')}\n`
    }
  }
}

const jsonl: Writer = async function* (rows) {
  for await (const image of rows) yield `${json(image)}\n`
}

const files: Writer = async function* (rows) {
  for await (const { path, masks } of rows)
    yield [path, ...masks.map(mask => mask.path)].map(one => `${one}\n`).join('')
}

const imagefolder: Writer = async function* (rows) {
  for await (const { path, split, modality, dataset, caseName, masks } of rows)
    yield `${json({
      file_name: path,
      ...{ split, modality, dataset, case: caseName },
      objects: {
        label: masks.map(mask => mask.label),
        mask_file_name: masks.map(mask => mask.path),
        bbox: masks.map(({ box }) =>
          box ? [box[0], box[1], box[2] - box[0], box[3] - box[1]] : null,
        ),
      },
    })}\n`
}

/**
 * COCO object detection with category ids from 1; boxes are x, y, width, height. There are no polygons:
 * a mask is its own file, named in `mask_file`.
 */
const coco: Writer = async function* (rows, { name, manifest, labels }) {
  const categoryOf = new Map(labels.map((label, i) => [label, i + 1]))
  const info = `${name}, of ${manifest.name}, manifest ${manifest.id}${manifest.simulated ? ' (simulated)' : ''}`
  yield `{"info": ${json({ description: info })},\n"categories": ${json(labels.map((label, i) => ({ id: i + 1, name: label })))},\n"images": [`
  // Two lists in one pass: annotations are kept as text until the images are out.
  const annotations: string[] = []
  let before = '\n'
  let id = 0
  for await (const { imageId, path, width, height, masks } of rows) {
    if (width === null || height === null)
      throw new UserError(
        `${path}: its size is not known, and COCO needs it; run samed2d measure, or choose another format`,
      )
    yield `${before}${json({ id: imageId, file_name: path, width, height })}`
    before = ',\n'
    for (const { label, area, box, path: mask_file } of masks) {
      // An empty mask has no box, and is no object.
      if (area === null || box === null) continue
      const bbox = [box[0], box[1], box[2] - box[0], box[3] - box[1]]
      id++
      annotations.push(
        json({
          id,
          image_id: imageId,
          category_id: categoryOf.get(label),
          bbox,
          area,
          iscrowd: 0,
          segmentation: [],
          mask_file,
        }),
      )
    }
  }
  yield '\n],\n"annotations": ['
  for (const [i, annotation] of annotations.entries())
    yield `${i === 0 ? '\n' : ',\n'}${annotation}`
  yield '\n]}\n'
}

const SECTIONS = { train: 'training', val: 'validation', test: 'test' } as const

/** MONAI's datalist; without splits everything is training. */
const monai: Writer = async function* (rows) {
  const sections: Record<string, string[]> = { training: [], validation: [], test: [] }
  for await (const { path, masks, split } of rows)
    sections[SECTIONS[split as keyof typeof SECTIONS] ?? 'training']?.push(
      json({
        image: path,
        label: masks.map(mask => mask.path),
        classes: masks.map(mask => mask.label),
      }),
    )
  yield '{'
  for (const [i, [section, items]] of Object.entries(sections).entries())
    yield `${i === 0 ? '\n' : ',\n'}${json(section)}: [${items.length === 0 ? '' : `\n${items.join(',\n')}\n`}]`
  yield '\n}\n'
}

/** dataset.json as nnU-Net's is, with the masks of each label listed: it wants one label map a case. */
const nnunet: Writer = async function* (rows, { name, labels }) {
  const labelIds = Object.fromEntries([
    ['background', 0],
    ...labels.map((label, i) => [label, i + 1]),
  ])
  const splits: Record<string, string[]> = { train: [], val: [] }
  let count = 0
  yield `{"name": ${json(name)},\n"channel_names": {"0": "image"},\n"labels": ${json(labelIds)},\n"file_ending": ".png",\n"dataset": {`
  let before = '\n'
  for await (const { path, masks, split } of rows) {
    const key = path.slice('images/'.length, -'.png'.length)
    const byLabel: Record<string, string[]> = {}
    for (const mask of masks) {
      const list = byLabel[mask.label] ?? []
      list.push(mask.path)
      byLabel[mask.label] = list
    }
    yield `${before}${json(key)}: ${json({ images: [path], masks: byLabel })}`
    before = ',\n'
    count++
    if (split === 'train' || split === 'val') splits[split]?.push(key)
  }
  yield `\n},\n"numTraining": ${count},\n"splits": [${json(splits)}]}\n`
}

const WRITERS: Readonly<Record<Exclude<FormatName, 'parquet'>, Writer>> = {
  ...{ image2label, label2image, csv, jsonl, coco, monai, nnunet, imagefolder, files },
}
