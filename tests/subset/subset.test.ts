import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeCommands } from '../../components/subset/commands'
import { parseFilter } from '../../lib/filter/query-string'
import { ALGORITHM } from '../../lib/split/algorithm'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { assignSplits, Unions } from '../../lib/subset/assign-splits-version-1'
import { creditsText } from '../../lib/subset/credits'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { coco } from '../../lib/subset/formats/coco'
import { CSV_COLUMNS } from '../../lib/subset/formats/table'
import { passText } from '../../lib/subset/formats/writer'
import {
  checkRecipe,
  parseRecipe,
  type Recipe,
  recipeOf,
  recipeText,
  SPLIT_NAMES,
} from '../../lib/subset/recipe'
import { formatRecipe, readRecipe } from '../../lib/subset/recipe-query'
import type { SplitPlan } from '../../lib/subset/split-plan'
import type { SubsetImage } from '../../lib/subset/subset-image'
import { openSubset } from '../../lib/subset/write-subset.node.ts'
import { naive } from '../naive'
import { type RandomRelease, randomRelease } from '../random-release'
import { listOf } from './list/list-of'
import { oldSamplings, samplings } from './samplings'
import { oldSplitPlans, splitPlans } from './split-plans'

const PLACE = { samed2d: 'npx samed2d', manifest: 'manifests/release' }

let release: RandomRelease
let root: string
beforeAll(async () => {
  release = await randomRelease(5)
  root = await mkdtemp(join(tmpdir(), 'samed2d-subset-'))
})
afterAll(async () => {
  await release.staging.dispose()
  await rm(root, { recursive: true })
})

const MANIFEST = { id: 'b'.repeat(64), name: 'test', simulated: true, files: {} }

const open = (recipe: Recipe) =>
  openSubset({ engine: release.staging.engine, manifest: MANIFEST }, recipe)

const idsIn = async (table: string) =>
  (
    await release.staging.engine.rows<{ image_id: number }>({
      text: `SELECT image_id FROM ${table} ORDER BY image_id`,
      params: [],
    })
  ).map(row => row.image_id)

const FILTERS = [
  '',
  'axis=x,y',
  'masks=2..',
  'lesion=0',
  'width=200..600',
  'area=0.05..0.6',
  'axis=!z&lesion=1',
  'area=0..1',
  'organ=Liver&union=0,1',
  'label=liver,union_liver_tumor',
]

/** Images of a filter and their selected masks, by a scan. */
function scan(where: string): Map<number, Set<string>> {
  const { filter } = parseFilter(where)
  const found = new Map<number, Set<string>>()
  for (const image of release.images) {
    const { selected, masks } = naive(image, filter, release.dimensions)
    if (selected)
      found.set(image.image_id, new Set(masks.map(mask => `${mask.label_id} ${mask.instance}`)))
  }
  return found
}

test('steps add, take away and keep as sets do', async () => {
  const step = fc.record({
    op: fc.constantFrom('add' as const, 'subtract' as const, 'intersect' as const),
    where: fc.constantFrom(...FILTERS),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async steps => {
      const cost = await (await open(recipeOf('', { steps }))).cost()
      let held = steps[0]!.op === 'add' ? new Map<number, Set<string>>() : scan('')
      for (const { op, where } of steps) {
        const found = scan(where)
        if (op === 'add')
          for (const [id, masks] of found)
            held.set(id, new Set([...(held.get(id) ?? []), ...masks]))
        else if (op === 'subtract') for (const id of found.keys()) held.delete(id)
        else
          held = new Map(
            [...held].flatMap(([id, masks]) => {
              const also = found.get(id)
              return also ? [[id, new Set([...masks].filter(one => also.has(one)))] as const] : []
            }),
          )
      }
      expect(await idsIn('subset_images')).toEqual([...held.keys()].sort((a, b) => a - b))
      expect(cost.masks).toBe([...held.values()].reduce((sum, masks) => sum + masks.size, 0))
    }),
    { numRuns: 60 },
  )
})

test('a cap holds for every dataset', async () => {
  await open(recipeOf('', { cap: 7 }))
  const counts = new Map<number, number>()
  for (const id of await idsIn('subset_images')) {
    const { dataset_id } = release.images[id]!
    counts.set(dataset_id, (counts.get(dataset_id) ?? 0) + 1)
  }
  expect([...counts.values()].every(n => n <= 7)).toBe(true)
})

describe('splits', () => {
  const group = fc.record({
    id: fc.nat(1e6),
    strata: fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 50 }), { minKeys: 1 })
      .map(strata => new Map(Object.entries(strata))),
  })

  test('every group is on one side, never on one without a share, and the same again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(group, { selector: one => one.id, maxLength: 60 }),
        fc.constantFrom([0.8, 0.1, 0.1], [0.5, 0, 0.5], [1, 0, 0]),
        fc.nat(99),
        (groups, shares, seed) => {
          const assigned = assignSplits(groups, shares as [number, number, number], seed)
          expect(assigned.size).toBe(groups.length)
          for (const split of assigned.values())
            expect(shares[SPLIT_NAMES.indexOf(split)]).toBeGreaterThan(0)
          expect(
            assignSplits([...groups].reverse(), shares as [number, number, number], seed),
          ).toEqual(assigned)
        },
      ),
    )
  })

  test('many small groups come near the shares', () => {
    const groups = Array.from({ length: 1000 }, (_, id) => ({
      id,
      strata: new Map([['a', 1 + (id % 7)]]),
    }))
    const assigned = assignSplits(groups, [0.7, 0.2, 0.1], 1)
    const total = groups.reduce((sum, one) => sum + one.strata.get('a')!, 0)
    const train = groups
      .filter(one => assigned.get(one.id) === 'train')
      .reduce((sum, one) => sum + one.strata.get('a')!, 0)
    expect(train / total).toBeCloseTo(0.7, 2)
  })

  test('what is joined is found together', () => {
    const unions = new Unions()
    for (const [a, b] of [
      [1, 2],
      [3, 4],
      [2, 3],
      [9, 8],
    ] as const)
      unions.join(a, b)
    expect([1, 2, 3, 4].map(n => unions.find(n))).toEqual([1, 1, 1, 1])
    expect([unions.find(8), unions.find(9), unions.find(7)]).toEqual([8, 8, 7])
  })

  test('by image, counts are met exactly, and what is beyond them leaves the subset', async () => {
    const counted = async (split: string) => {
      const subset = await open(readRecipe(`add=&v=2&by=image&split=${split}`))
      const { images } = await subset.cost()
      const { splits, leftOut, warnings } = subset.split!
      expect(images + leftOut).toBe(400)
      return [splits.map(one => one.images), leftOut, warnings.join()]
    }
    expect(await counted('3,2,2')).toEqual([[3, 2, 2], 393, expect.not.stringContaining('asked')])
    expect((await counted('300,50,rest'))[0]).toEqual([300, 50, 50])
    expect(await counted('600,100,100')).toEqual([
      [300, 50, 50],
      0,
      expect.stringContaining('800 images requested, 400 available'),
    ])
    expect((await counted('600,200,rest'))[0]).toEqual([300, 100, 0])
  })

  test('a side without images is in the report, and warned of if it has a share', async () => {
    const { split } = await open(readRecipe('add=&v=2&sample=all:1&split=0.8,0.1,0.1'))
    expect(split?.splits.map(one => one.images)).toEqual([1, 0, 0])
    expect(split?.warnings.join()).toContain(
      'Could not fill val and test: 1 patient cannot fill 3 splits. Add images, or choose other sizes.',
    )
    const whole = await open(readRecipe('add=&v=2&split=0.5,0.5,0'))
    expect(whole.split?.splits.at(-1)).toMatchObject({ split: 'test', images: 0 })
    expect(whole.split?.warnings.join()).not.toContain('Could not fill')
  })

  test('a split that stays empty names the datasets that are kept together', async () => {
    const [a = '', ...others] = release.dimensions.datasets.map(one => one.dataset)
    const pairs = others.map(b => ({
      datasets: [a, b],
      kind: 'same-source' as const,
      evidence: 'a test',
      source: 'here',
    }))
    const source = { engine: release.staging.engine, manifest: MANIFEST }
    const open = (overlap: string) =>
      openSubset(
        source,
        readRecipe(`add=&v=2&split=0.5,0.25,0.25&overlap=${overlap}`),
        null,
        null,
        pairs,
      )
    const { split, refusal, text } = await open('together')
    expect(split).toBeNull()
    for (const name of [a, ...others]) expect(refusal?.reason).toContain(name)
    expect(refusal?.reason).toContain(`${a} shares scans with`)
    await expect(text('csv')[Symbol.asyncIterator]().next()).rejects.toThrow(refusal?.reason)

    const warned = await open('warn')
    expect(warned.split?.splits.every(({ images }) => images > 0)).toBe(true)
    expect(warned.split?.warnings.join()).toContain(`in different splits: ${a} shares scans with`)

    const excluding = await open('exclude')
    expect(excluding.split?.excluded.length).toBeGreaterThan(0)
    expect(excluding.split?.leftOut).toBe(0)
    const left = await excluding.cost()
    const gone = excluding.split?.excluded ?? []
    expect(left.images + gone.reduce((sum, one) => sum + one.images, 0)).toBe(400)
  })

  test('by image, shares are met exactly', async () => {
    const { split } = await open(readRecipe('add=&v=2&by=image&split=0.6,0.2,0.2'))
    expect(split?.splits.map(one => one.images)).toEqual([240, 80, 80])
  })
})

describe('formats', () => {
  const WHERE = 'modality=Microscopy,Ultrasound,PET'
  let opened: OpenManifest
  beforeAll(async () => {
    opened = await openManifest('manifests/test')
  })
  afterAll(() => opened.engine.close())
  async function written(format: FormatName, more: Partial<Recipe> = {}) {
    const subset = await openSubset(opened, recipeOf(WHERE, more))
    const path = join(root, `x.${FORMATS[format].extension}`)
    await subset.write(format, path)
    return {
      path,
      subset,
      cost: await subset.cost(),
      text: format === 'parquet' ? '' : await readFile(path, 'utf8'),
    }
  }

  test('the loader’s JSON has every image and mask once, both ways', async () => {
    const { text, cost } = await written('image2label')
    const pairs: Record<string, string[]> = JSON.parse(text)
    expect(Object.keys(pairs).length).toBe(cost.images)
    const masks = Object.values(pairs).flat()
    expect(new Set(masks).size).toBe(cost.masks)
    for (const [image, its] of Object.entries(pairs))
      for (const mask of its)
        expect(mask.startsWith(image.replace('images/', 'masks/').replace('.png', '--'))).toBe(true)
    const back: Record<string, string> = JSON.parse((await written('label2image')).text)
    expect(back).toEqual(
      Object.fromEntries(Object.entries(pairs).flatMap(([i, its]) => its.map(m => [m, i]))),
    )
  })

  test('CSV and Parquet are the same table', async () => {
    const { path } = await written('csv', {
      split: {
        shares: [0.5, 0.5, 0],
        by: 'case',
        stratify: 'none',
        overlap: 'together',
        algorithm: ALGORITHM,
      },
    })
    const { engine } = opened
    const read = (text: string) => engine.rows<Record<string, unknown>>({ text, params: [] })
    const asText = CSV_COLUMNS.map(column => `"${column}"::VARCHAR AS "${column}"`).join(', ')
    const csv = await read(`SELECT ${asText} FROM read_csv('${path}', all_varchar = true)`)
    const { path: parquet, cost } = await written('parquet', {
      split: {
        shares: [0.5, 0.5, 0],
        by: 'case',
        stratify: 'none',
        overlap: 'together',
        algorithm: ALGORITHM,
      },
    })
    expect(await read(`SELECT ${asText} FROM read_parquet('${parquet}')`)).toEqual(csv)
    const withoutMasks = new Set(csv.filter(row => row.mask === null).map(row => row.image)).size
    expect(csv.length).toBe(cost.masks + withoutMasks)
  })

  test('COCO has boxes within its images, and refuses what is not measured', async () => {
    const { text, cost } = await written('coco', {
      steps: [{ op: 'add', where: 'width=1..&height=1..' }],
    })
    const { images, annotations, categories } = JSON.parse(text)
    expect(images.length).toBe(cost.images)
    const sizes = new Map(images.map((one: { id: number }) => [one.id, one]))
    const ids = new Set(categories.map((one: { id: number }) => one.id))
    for (const { image_id, category_id, bbox, area } of annotations) {
      const { width, height } = sizes.get(image_id) as { width: number; height: number }
      expect(ids.has(category_id)).toBe(true)
      expect(bbox[0] >= 0 && bbox[0] + bbox[2] <= width && bbox[1] + bbox[3] <= height).toBe(true)
      expect(area).toBeLessThanOrEqual(bbox[2] * bbox[3])
    }
    async function* unmeasured() {
      const series = { modality: 'CT', submodality: '00', dataset: 'A', caseName: 'b' }
      const image: SubsetImage = {
        imageId: 1,
        series: { ...series, start: 'a', jsonStart: 'a' },
        axis: '2d',
        slice: null,
        end: '2d_none',
        width: null,
        height: null,
        split: null,
        fold: null,
        masks: [],
      }
      yield [image]
    }
    const manifest = { name: 'm', id: 'i', simulated: false }
    const [pass] = coco({
      name: 'x',
      manifest,
      labels: [],
      modalities: [],
      training: 1,
      hasSplits: false,
      folds: 0,
      hasPixels: false,
    })
    const write = async () => {
      for await (const _ of passText(pass!, unmeasured()));
    }
    await expect(write()).rejects.toThrow(/the image size is unknown/)
  })

  test('MONAI, nnU-Net and imagefolder hold every image, by split', async () => {
    const split = {
      shares: [0.6, 0.2, 0.2],
      by: 'case',
      stratify: 'none',
      overlap: 'together',
      algorithm: ALGORITHM,
    } as SplitPlan
    const monai = JSON.parse((await written('monai', { split })).text)
    const { text, subset, cost } = await written('nnunet', { split })
    const sizes = subset.split?.splits.map(one => one.images)
    expect([monai.training.length, monai.validation.length, monai.test.length]).toEqual(sizes)
    const nnunet = JSON.parse(text)
    const [train = 0, val = 0, test] = sizes ?? []
    expect(nnunet.numTraining).toBe(train + val)
    expect(Object.keys(nnunet.dataset).length).toBe(train + val)
    expect(Object.keys(nnunet.test).length).toBe(test)
    expect(nnunet.labels.background).toBe(0)
    expect(nnunet.splits[0].train.length).toBe(sizes?.[0])
    const lines = (await written('imagefolder', { split })).text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.length).toBe(cost.images)
    expect(lines.every(line => /^images\//.test(line.file_name))).toBe(true)
  })

  test.each([
    'image2label',
    'label2image',
    'csv',
    'jsonl',
    'files',
    'nnunet',
    'monai',
    'imagefolder',
    'coco',
  ] as const)('the names of %s are found again', async format => {
    const { text } = await written(format)
    const files = (await written('files')).text.trimEnd().split('\n')
    const { pictures, others, unused } = await listOf(text)
    expect([others, unused]).toEqual([[], []])
    const found = [...new Set(pictures)].sort()
    // The reverse form has no image without a mask.
    const expected = format === 'label2image' ? found : files.sort()
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(100)
  })

  test('an empty subset is valid in every form', async () => {
    for (const format of ['image2label', 'label2image', 'coco', 'monai', 'nnunet'] as const) {
      const { text } = await written(format, { steps: [{ op: 'add', where: 'masks=5000..' }] })
      expect(() => JSON.parse(text), format).not.toThrow()
    }
  })
})

describe('recipes', () => {
  const parts = {
    steps: fc.array(
      fc.oneof(
        fc.record({
          op: fc.constantFrom('add' as const, 'subtract' as const),
          where: fc.string({ maxLength: 40 }),
        }),
        fc.record({
          op: fc.constantFrom('pick' as const, 'drop' as const),
          images: fc.array(fc.nat(1e9), { maxLength: 5 }),
        }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    name: fc.string({ minLength: 1, maxLength: 40 }),
    seed: fc.nat(2 ** 32 - 1),
    cap: fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: undefined }),
  }
  const recipes = fc.oneof(
    fc.record({ ...parts, ...samplings, split: fc.option(splitPlans, { nil: undefined }) }),
    fc.record({
      ...parts,
      ...oldSamplings,
      split: fc.option(oldSplitPlans, { nil: undefined }),
      version: fc.constant(1),
    }),
  )

  test('address and file give the recipe back', () => {
    fc.assert(
      fc.property(recipes, parts => {
        const recipe = checkRecipe({ format: 'samed2d-subset', version: 2, ...parts }, 'x')
        expect(readRecipe(formatRecipe(recipe))).toEqual(recipe)
        expect(parseRecipe(recipeText(recipe), 'x')).toEqual(recipe)
      }),
    )
  })

  test.each([
    '',
    'add=&sample=shoe:3',
    'add=&sample=label:-1',
    'add=&split=0.5,0.1,0.1',
    'add=&seed=x',
    'pick=1,x',
    'add=&cap=0',
  ])('"%s" is refused', query => {
    expect(() => readRecipe(query)).toThrow()
  })

  test.each([
    [
      'split=80%,10%,10%',
      'split 80%,10%,10%: write three shares that sum up to 1, such as 0.8,0.1',
    ],
    ['split=0.5,0.1,0.1', 'split 0.5,0.1,0.1: write three shares'],
    ['split=3,2', 'split 3,2: write three shares'],
    ['v=2&split=0.5,0.5,0&by=dog', 'by dog: write patient, case or image'],
    ['split=0.5,0.5,0&by=patient', 'by patient: write case or image'],
    ['v=2&split=0.5,0.5,0&overlap=x', 'overlap x: write together, warn or exclude'],
    [
      'v=2&split=0.5,0.5,0&folds=5',
      'folds 5: write a whole number from 2 to 20, with a split whose val is 0',
    ],
    ['v=2&folds=1', 'folds 1: write a whole number from 2 to 20'],
    ['v=3', 'version'],
    ['split=3,2,2&stratify=x', 'stratify x: write modality, label or none'],
    ['sample=label', 'sample label: write a key and a number of images, such as label:500'],
    ['sample=shoe:3', 'sample shoe:3: write a key'],
    ['seed=x', 'seed x: write a whole number from 0 to 4294967295, such as 7'],
    ['cap=0', 'cap 0: write the maximum number of images per dataset'],
    ['pick=1,x', 'pick 1,x: write image ids'],
    ['manifest=zz', 'manifest zz: write the first'],
    [`name=${'n'.repeat(121)}`, 'name nnn'],
  ])('what is wrong in %s is said, and what to write', (query, message) => {
    let said = ''
    try {
      readRecipe(`add=&${query.replaceAll('%', '%25')}`)
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toContain(`subset: ${message}`)
    expect(said).toContain(': write ')
    expect(said).not.toMatch(/invalid|expected|NaN|undefined/i)
  })

  test.each([
    ['{}', 'format missing: write "samed2d-subset"'],
    ['[]', 'not a subset'],
    ['null', 'not a subset; give a subset file'],
    [
      '{"format":"samed2d-subset","version":1,"steps":[{"op":"add","where":""}],"colour":1}',
      'colour: not part of a subset of version 1; leave it out',
    ],
    [
      '{"format":"samed2d-subset","version":1,"steps":[{"op":"pick","images":[-1]}]}',
      'pick: write image ids',
    ],
    [
      '{"format":"samed2d-subset","version":1,"steps":[],"split":{}}',
      'steps []: write at least one filter',
    ],
  ])('a file that is no subset is said: %s', (text, message) => {
    expect(() => parseRecipe(text, 'x.json')).toThrow(`x.json: ${message}`)
  })

  test('a command with any filter and name runs nothing else in bash', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(`$(rm -rf x)`, '`id`', `a'b"c`, '; ls', '-rf', '=1+1', 'é\\n'),
        text => {
          for (const recipe of [
            recipeOf(`label=${text}`),
            recipeOf('', { name: text }),
            recipeOf('', {
              name: text,
              steps: [
                { op: 'add', where: 'a' },
                { op: 'subtract', where: 'b' },
              ],
            }),
          ]) {
            const out = execFileSync(
              'bash',
              ['-c', `printf '%s\\n' ${writeCommands(PLACE, recipe, 'image2label')}`],
              {
                encoding: 'utf8',
              },
            ).split('\n')
            const [first] = recipe.steps
            const named = recipe.steps.length > 1 ? `${text}.subset.json` : text
            expect(out).toContain(
              first && 'where' in first && first.where.startsWith('label')
                ? `label=${text}`
                : named,
            )
          }
        },
      ),
    )
  })
})

test('credits name every dataset, its terms or that they are unknown, and its defects', () => {
  const text = creditsText(['ACDC', 'MSD_Liver'], name => (name === 'ACDC' ? ['doubled'] : []), {
    name: 's',
    manifest: 'm',
    recipe: 'r',
    bibtex: '@x',
  })
  expect(text).toContain('- ACDC: unknown')
  expect(text).toContain('known issue: doubled')
  expect(text).toContain('- MSD_Liver: CC BY-SA 4.0')
  expect(text).toContain('@x')
})
