import { readFile } from 'node:fs/promises'
import { basename, dirname, join, normalize } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../cli/main'
import type { FormatName } from '../../lib/subset/formats'
import { CSV_COLUMNS } from '../../lib/subset/formats/table'
import { fileNameOf } from '../../lib/subset/named-split'
import type { SplitName } from '../../lib/subset/recipe'
import { fakeEffects } from '../cli/fake-effects'
import { type DecodedMask, decodeMask, extentOf, sizeOf } from './decode-picture'
import { decodeRuns } from './decode-rle'
import { runFetch } from './fetch/fetch-release'
import { PICTURE_SPEC, pictureRelease } from './picture-release'

/** A release's folder that `fetch` made, with the files of its forms in it, as docs/subset.md says. */
let root: string
let manifest: string
beforeAll(async () => {
  const release = await pictureRelease()
  manifest = release.manifest
  root = join(manifest, '..', 'fetched', 'SAMed2Dv1')
  const { code, lines } = await runFetch(
    '--manifest',
    manifest,
    '--archive',
    release.zip,
    '--out',
    root,
  )
  expect(code, lines).toBe(0)
  return release.remove
})

const SPLIT = ['--split', '0.5,0.25,0.25']

/** Write a form into the folder, under the name that its reader asks for; its path. */
async function write(format: FormatName, side: SplitName | null, ...options: string[]) {
  const path = join(root, fileNameOf(format, side))
  const effects = fakeEffects()
  const code = await main(
    [
      'subset',
      '--manifest',
      manifest,
      '--format',
      format,
      '--out',
      path,
      ...(side ? ['--only', side] : []),
      ...options,
    ],
    effects,
  )
  expect(code, effects.lines.join('\n')).toBe(0)
  return path
}

const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

const readLines = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

/** A file that a form in `folder` names: beside it, in the two folders of a release, and there. */
function open(path: string, folder = root): Promise<Buffer> {
  expect(path).toMatch(/^(images|masks)\/[^/]+\.png$/)
  expect(normalize(path)).toBe(path)
  return readFile(join(folder, path))
}

/** An image and a mask of it, decoded: of one size, and the mask of 0 and 255. */
async function openPair(image: string, mask: string): Promise<DecodedMask> {
  const decoded = await decodeMask(await open(mask))
  const { width, height, values } = decoded
  expect({ width, height }, mask).toEqual(await sizeOf(await open(image)))
  expect(values, mask).toEqual([0, 255])
  expect(mask.startsWith(`masks/${stemOf(image)}--`), mask).toBe(true)
  return decoded
}

const stemOf = (image: string) => basename(image, '.png')

/** Label of a mask, by its name and the class map beside it. */
async function labelsByMask(): Promise<Map<string, string>> {
  const classMap: Record<string, Record<string, string>> = await readJson(
    join(root, 'SAMed2D_v1_class_mapping_id.json'),
  )
  const found = new Map<string, string>()
  for (const mask of ALL_MASKS) {
    const dataset = Object.keys(classMap).find(name => mask.includes(`--${name}--`)) ?? ''
    const classId = /--(\d{4})_\d+\.png$/.exec(mask)?.[1]
    const label = Object.entries(classMap[dataset] ?? {}).find(([, id]) => id === classId)?.[0]
    found.set(mask, label as string)
  }
  return found
}

const INDEX = PICTURE_SPEC.index as readonly (readonly [string, readonly string[]])[]
const ALL_IMAGES = INDEX.map(([image]) => image).sort()
const ALL_MASKS = INDEX.flatMap(([, masks]) => masks).sort()

/** Images of a side, with their masks, as another form says. */
async function sideIn(side: SplitName): Promise<Map<string, string[]>> {
  const lines = await readLines(await write('jsonl', null, ...SPLIT))
  return new Map(
    lines
      .filter(line => line.split === side)
      .map(line => [line.path, line.masks.map((mask: { path: string }) => mask.path)]),
  )
}

describe('SAM-Med2D’s DataLoader', () => {
  test('trains on image2label_train.json: each image opens, and each of its masks', async () => {
    // `TrainingDataset` reads DIR/image2label_train.json, and opens keys and values as they stand.
    const path = await write('image2label', 'train', ...SPLIT)
    expect(path).toBe(join(root, 'image2label_train.json'))
    const pairs: Record<string, string[]> = await readJson(path)
    for (const [image, masks] of Object.entries(pairs)) {
      // It draws from them at random, which none cannot be drawn from.
      expect(masks.length, image).toBeGreaterThan(0)
      for (const mask of masks) await openPair(image, mask)
    }
    const side = [...(await sideIn('train'))].filter(([, masks]) => masks.length > 0)
    expect(Object.keys(pairs).length).toBeGreaterThan(10)
    expect(pairs).toEqual(Object.fromEntries(side))
  })

  test('tests on label2image_test.json: each mask opens, and its image', async () => {
    const path = await write('label2image', 'test', ...SPLIT)
    expect(path).toBe(join(root, 'label2image_test.json'))
    const pairs: Record<string, string> = await readJson(path)
    for (const [mask, image] of Object.entries(pairs)) await openPair(image, mask)
    const side = [...(await sideIn('test'))]
    expect(Object.keys(pairs).length).toBeGreaterThan(10)
    expect(pairs).toEqual(
      Object.fromEntries(side.flatMap(([image, masks]) => masks.map(mask => [mask, image]))),
    )
  })

  test('the index of what was fetched has images without masks too', async () => {
    const index = await readJson(join(root, 'SAMed2D_v1.json'))
    expect(Object.keys(index).sort()).toEqual(ALL_IMAGES)
    expect(Object.values(index).flat().sort()).toEqual(ALL_MASKS)
  })

  test('that images are left out is said', async () => {
    const effects = fakeEffects()
    expect(await main(['subset', '--manifest', manifest], effects)).toBe(0)
    const unmasked = INDEX.filter(([, masks]) => masks.length === 0).length
    expect(unmasked).toBeGreaterThan(0)
    expect(effects.output()).toContain(
      `${unmasked} images without a mask: image2label, label2image and monai omit them`,
    )
  })
})

describe('nnU-Net’s dataset.json', () => {
  interface Case {
    images: string[]
    masks: Record<string, string[]>
  }

  test.each([
    ['without a split', []],
    ['with one', SPLIT],
  ])('%s keeps to the rules of nnU-Net v2', async (_, options) => {
    const path = await write('nnunet', null, ...options)
    expect(path).toBe(join(root, 'dataset.json'))
    const json = await readJson(path)
    // Without these four it is refused.
    expect(json).toMatchObject({
      channel_names: expect.anything(),
      labels: expect.anything(),
      numTraining: expect.any(Number),
      file_ending: '.png',
    })
    const channels = Object.keys(json.channel_names)
    expect(channels).toEqual(channels.map((_, i) => String(i)))
    // name → number, 0 is the background, and no number is left out.
    expect(json.labels.background).toBe(0)
    const numbers = Object.values<number>(json.labels).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, i) => i))
    const labels = await labelsByMask()
    expect(new Set(Object.keys(json.labels))).toEqual(new Set(['background', ...labels.values()]))
    // What `dataset` has is trained on, all of it; `numTraining` is how many cases that is.
    const training = Object.entries<Case>(json.dataset)
    const testing = Object.entries<Case>(json.test)
    expect(training.length).toBe(json.numTraining)
    for (const [key, { images, masks }] of [...training, ...testing]) {
      // A PNG has all channels of its own.
      expect(images).toHaveLength(1)
      const [image = ''] = images
      expect(image).toBe(`images/${key}${json.file_ending}`)
      for (const [label, paths] of Object.entries(masks))
        for (const mask of paths) {
          await openPair(image, mask)
          expect(labels.get(mask)).toBe(label)
        }
    }
    const all = [...training, ...testing]
    expect(all.map(([, { images }]) => images[0]).sort()).toEqual(ALL_IMAGES)
    expect(all.flatMap(([, { masks }]) => Object.values(masks).flat()).sort()).toEqual(ALL_MASKS)
    // As splits_final.json: a list of folds, of cases that are there.
    if (options.length === 0) {
      expect(testing).toEqual([])
      expect(json.splits).toEqual([])
      return
    }
    const [{ train, val }] = json.splits
    expect(json.splits).toHaveLength(1)
    expect([...train, ...val].sort()).toEqual(training.map(([key]) => key).sort())
    const keysOf = async (side: SplitName) => [...(await sideIn(side)).keys()].map(stemOf)
    expect(train).toEqual(await keysOf('train'))
    expect(val).toEqual(await keysOf('val'))
    expect(testing.map(([key]) => key)).toEqual(await keysOf('test'))
    expect(testing.length).toBeGreaterThan(5)
  })
})

describe('COCO', () => {
  interface Annotation {
    id: number
    image_id: number
    category_id: number
    bbox: number[]
    area: number
    iscrowd: number
    segmentation: { size: [number, number]; counts: string | number[] }
    mask_file: string
  }

  test('is what pycocotools reads: ids, references, masks, areas and boxes', async () => {
    const coco = await readJson(await write('coco', null, '--images', root))
    for (const list of [coco.images, coco.annotations, coco.categories]) {
      const ids: number[] = list.map((one: { id: number }) => one.id)
      expect(ids.every(Number.isSafeInteger)).toBe(true)
      expect(new Set(ids).size).toBe(list.length)
    }
    const byId = <Item extends { id: number }>(list: Item[]) =>
      new Map(list.map(one => [one.id, one] as const))
    const images = byId<{ id: number; file_name: string; width: number; height: number }>(
      coco.images,
    )
    const categories = byId<{ id: number; name: string }>(coco.categories)
    expect([...images.values()].map(one => one.file_name).sort()).toEqual(ALL_IMAGES)
    for (const { file_name, width, height } of images.values())
      expect({ width, height }, file_name).toEqual(await sizeOf(await open(file_name)))
    const labels = await labelsByMask()
    for (const one of coco.annotations as Annotation[]) {
      const { image_id, category_id, bbox, area, iscrowd, segmentation, mask_file } = one
      const image = images.get(image_id)
      const { file_name, width, height } = image as NonNullable<typeof image>
      expect(categories.get(category_id)?.name, mask_file).toBe(labels.get(mask_file))
      expect([0, 1]).toContain(iscrowd)
      const { size, counts } = segmentation
      expect(size, mask_file).toEqual([height, width])
      // Throws unless the runs are as many pixels as the image has.
      const pixels = decodeRuns(counts, size)
      expect(pixels, mask_file).toEqual((await openPair(file_name, mask_file)).pixels)
      expect({ area, box: bbox }, mask_file).toEqual(extentOf({ width, pixels }))
    }
    expect(coco.annotations.map((one: Annotation) => one.mask_file).sort()).toEqual(ALL_MASKS)
  })
})

test('DuckDB reads the same rows from Parquet, CSV and JSON lines', async () => {
  const forms = ['parquet', 'csv', 'jsonl'] as const
  const [parquet, csv, jsonl] = await Promise.all(
    forms.map(format => write(format, null, ...SPLIT)),
  )
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const read = async (query: string) => (await connection.runAndReadAll(query)).getRowObjectsJson()
  const columns = CSV_COLUMNS.map(name => `"${name}"`).join(', ')
  const rows = await read(`SELECT ${columns} FROM read_parquet('${parquet}')`)
  // CSV has no types: with those of Parquet, nothing may fail to be read as them.
  const described = await read(`DESCRIBE SELECT ${columns} FROM read_parquet('${parquet}')`)
  const types = described.map(one => `'${one.column_name}': '${one.column_type}'`).join(', ')
  expect(
    await read(`SELECT ${columns} FROM read_csv('${csv}', header = true, columns = {${types}})`),
  ).toEqual(rows)
  const ofImage = 'path AS image, mask.path AS mask, split, modality, submodality, dataset'
  const ofMask =
    'mask.label, mask.organ, mask.region, mask.isLesion, mask.isUnion, mask.classId, mask.instance'
  const box = [1, 2, 3, 4].map(i => `mask.box[${i}]`).join(', ')
  const cast = described.map(
    one => `"${one.column_name}"::${one.column_type} AS "${one.column_name}"`,
  )
  expect(
    await read(`SELECT ${cast.join(', ')} FROM (
      SELECT ${ofImage}, caseName, axis, slice, width, height, ${ofMask}, mask.area, ${box}
      FROM (SELECT *, unnest(CASE WHEN masks = [] THEN [NULL] ELSE masks END) AS mask
        FROM read_json('${jsonl}'))
    ) AS rows (${columns})`),
  ).toEqual(rows)
  const withoutMasks = INDEX.filter(([, masks]) => masks.length === 0).length
  expect(rows).toHaveLength(ALL_MASKS.length + withoutMasks)
  expect(rows.filter(row => row.mask === null)).toHaveLength(withoutMasks)
  connection.closeSync()
  instance.closeSync()
})

test('MONAI’s datalist: every path opens below its folder, and classes go with labels', async () => {
  const path = await write('monai', null, ...SPLIT)
  const datalist = await readJson(path)
  const labels = await labelsByMask()
  const sections = { training: 'train', validation: 'val', test: 'test' } as const
  expect(Object.keys(datalist)).toEqual(Object.keys(sections))
  for (const [section, side] of Object.entries(sections)) {
    const items: { image: string; label: string[]; classes: string[] }[] = datalist[section]
    for (const { image, label, classes } of items) {
      await open(image, dirname(path))
      for (const mask of label) await openPair(image, mask)
      expect(classes).toEqual(label.map(mask => labels.get(mask)))
    }
    const said = new Map(items.map(({ image, label }) => [image, label]))
    expect(said.size).toBe(items.length)
    // LoadImage ends at an image without a mask.
    const masked = [...(await sideIn(side))].filter(([, masks]) => masks.length > 0)
    expect(said).toEqual(new Map(masked))
  }
})

test('imagefolder’s metadata.jsonl: file_name opens beside it, and objects are lists of one length', async () => {
  const path = await write('imagefolder', null, ...SPLIT)
  expect(basename(path)).toBe('metadata.jsonl')
  const labels = await labelsByMask()
  const lines = await readLines(path)
  for (const { file_name, objects } of lines) {
    await open(file_name, dirname(path))
    const masks: string[] = objects.mask_file_name
    expect(objects.label).toEqual(masks.map(mask => labels.get(mask)))
    expect(objects.bbox).toHaveLength(masks.length)
    for (const [i, mask] of masks.entries())
      expect(objects.bbox[i], mask).toEqual(extentOf(await openPair(file_name, mask)).box)
  }
  expect(lines.map(line => line.file_name).sort()).toEqual(ALL_IMAGES)
  expect(lines.flatMap(line => line.objects.mask_file_name).sort()).toEqual(ALL_MASKS)
})
