import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { parsePublishedSplits } from '../../lib/subset/published-split'
import { SPLIT_NAMES } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { openSubset } from '../../lib/subset/write-subset.node.ts'
import { fakeEffects } from '../cli/fake-effects'

const A = 'ct_00--BTCV--a,1--z_0001'
const B = 'mr_00--ACDC--patient001_frame01--z_0002'
const TRAIN = { stem: A, split: 'train' }
const TEST = { stem: B, split: 'test' }

test.each([
  ['x.json', JSON.stringify({ train: [`images/${A}.png`], test: [`images/${B}.png`] })],
  [
    'x.json',
    JSON.stringify({ training: [{ image: `SAMed2Dv1/images/${A}.png` }], testing: [`${B}.png`] }),
  ],
  [
    'x.json',
    JSON.stringify([
      { file: `images/${A}.png`, split: 'Train' },
      { file: B, split: 'test' },
    ]),
  ],
  [
    'x.jsonl',
    `{"path":"images/${A}.png","split":"train"}\n{"path":"images/${B}.png","split":"test"}\n`,
  ],
  [
    'x.csv',
    `image,mask,split\n"images/${A}.png","masks/${A}--0001_000.png",train\nimages/${B}.png,,test\n`,
  ],
  ['x.json', JSON.stringify({ [`images/${A}.png`]: 'train', [B]: 'TEST' })],
  [
    'x.json',
    JSON.stringify([
      { fold: 'train', image: A },
      { fold: 'test', image: B },
    ]),
  ],
  ['x.tsv', `image\tset\nimages/${A}.png\tTRAIN\nimages/${B}.png\tTest\n`],
  ['x.csv', `\uFEFFimage;note;subset\r\n${A};"a;b";Training\r\n${B};;TEST\r\n`],
  ['x.csv', `image,split,fold\n"${A}",0,train\n${B},1,test\n`],
  ['x.csv', `"images/${A}.png",train\nimages/${B}.png,test\n`],
  ['x.txt', `${A}.png train\nimages/${B}.png  ${B}--0001_000.png\ttest\n`],
])('%s %#', (name, text) => {
  expect(parsePublishedSplits([{ name, text }])).toEqual({ folds: [[TRAIN, TEST]], without: [] })
})

test.each([
  ['train.txt', `images/${A}.png\r\nmasks/${A}--0001_000.png\r\n`, 'test.txt', `C:\\x\\${B}.png\n`],
  [
    'image2label_train.json',
    JSON.stringify({ [`images/${A}.png`]: [`masks/${A}--0001_000.png`] }),
    'label2image_test.json',
    JSON.stringify({ [`masks/${B}--0003_012.png`]: `images/${B}.png` }),
  ],
])('%s and %3$s', (train, trainText, second, secondText) => {
  expect(
    parsePublishedSplits([
      { name: train, text: trainText },
      { name: `some/folder/${second}`, text: secondText },
    ]),
  ).toEqual({ folds: [[TRAIN, TEST]], without: [] })
})

test.each([
  ['files.txt', `images/${A}.png\n`, 'files.txt: names 1 image, such as ct_00'],
  [
    'train_and_test.txt',
    `${A}.png\n`,
    "the file's name has train and test; give one list per split",
  ],
  ['files.txt', `images/${A}.png\n`, "the file's name has none of train, val and test"],
  ['x.csv', `image,organ\n${B},heart\n`, 'found image and organ; give a column or field split'],
  ['x.csv', `image,split\n${B},0\n${B},1\n`, 'the values are 0 and 1; expected train, val or test'],
  ['x.json', JSON.stringify([{ file: B, split: 3 }]), 'the values are 3; expected'],
  ['x.jsonl', `{"file":"${B}","split":"val"}\n\n{"file":\n`, 'x.jsonl: line 3: not valid JSON'],
  ['x.csv', ' \n', 'x.csv: is empty'],
  ['x.json', '{"train":["a.png"]', 'x.json: not valid JSON'],
  ['train.txt', 'a.png\n', 'train.txt: has no name of the release (found a.png)'],
])('%s without a split is refused', (name, text, message) => {
  expect(() => parsePublishedSplits([{ name, text }])).toThrow(message)
})

test('images of other splits are counted apart', () => {
  const text = `image,split\n${B},test\nct_00--BTCV--c--z_0001,held out\n`
  expect(parsePublishedSplits([{ name: 'x.csv', text }])).toEqual({
    folds: [[TEST]],
    without: ['ct_00--BTCV--c--z_0001'],
  })
})

const FOLDS = [
  { train: [A], val: [B] },
  { train: [B], val: [A] },
]

test('folds of nnU-Net stay apart, each with the images of other files', () => {
  const { folds: splits } = parsePublishedSplits([
    { name: 'splits_final.json', text: JSON.stringify(FOLDS) },
    { name: 'test.txt', text: 'ct_00--BTCV--c--z_0001\n' },
  ])
  const test = { stem: 'ct_00--BTCV--c--z_0001', split: 'test' }
  expect(splits).toEqual([
    [TRAIN, { stem: B, split: 'val' }, test],
    [{ stem: B, split: 'train' }, { stem: A, split: 'val' }, test],
  ])
  const inside = JSON.stringify({ test: { [test.stem]: {} }, splits: FOLDS })
  const sorted = (images: readonly object[] = []) => images.map(one => JSON.stringify(one)).sort()
  expect(parsePublishedSplits([{ name: 'dataset.json', text: inside }]).folds.map(sorted)).toEqual(
    splits.map(sorted),
  )
  const named = JSON.stringify({ fold_0: FOLDS[0], fold_1: FOLDS[1] })
  expect(parsePublishedSplits([{ name: 'x.json', text: named }]).folds).toEqual([
    [TRAIN, { stem: B, split: 'val' }],
    [
      { stem: B, split: 'train' },
      { stem: A, split: 'val' },
    ],
  ])
  const twice = ['a.json', 'b.json'].map(name => ({ name, text: JSON.stringify(FOLDS) }))
  expect(() => parsePublishedSplits(twice)).toThrow('a.json and b.json: each has folds')
})

test('folds by number are held out in turn, test stays test', () => {
  const C = 'ct_00--BTCV--c--z_0001'
  const held = (name: string, text: string) => parsePublishedSplits([{ name, text }]).folds
  const expected = [
    [
      { stem: A, split: 'val' },
      { stem: B, split: 'train' },
      { stem: C, split: 'test' },
    ],
    [TRAIN, { stem: B, split: 'val' }, { stem: C, split: 'test' }],
  ]
  const rows = `images/${B}.png,train,2\nimages/${C}.png,test,\n`
  expect(held('x.csv', `image,split,fold\n"images/${A}.png",train,1\n${rows}`)).toEqual(expected)
  const lines = [
    { path: `images/${A}.png`, split: 'train', fold: 1 },
    { path: `images/${B}.png`, split: 'train', fold: 2 },
    { path: `images/${C}.png`, split: 'test', fold: null },
  ]
  expect(held('x.json', JSON.stringify(lines))).toEqual(expected)
  expect(held('x.jsonl', lines.map(line => JSON.stringify(line)).join('\n'))).toEqual(expected)
  // Without a split, each image is of a fold.
  expect(held('x.csv', `image,fold\n"${A}",0\n${B},1\n`)).toEqual(
    expected.map(fold => fold.slice(0, 2)),
  )
})

/** Images of KiTS cases of a year. */
const kits = (dataset: string, cases: readonly number[]) =>
  cases.map(n => `images/ct_00--${dataset}--case_${String(n).padStart(5, '0')}--z_0001.png`)

describe('split --check', () => {
  const WHERE = 'modality=Microscopy,Ultrasound,PET'
  let opened: OpenManifest
  let root: string
  beforeAll(async () => {
    opened = await openManifest('manifests/test')
    root = await mkdtemp(join(tmpdir(), 'samed2d-check-'))
  })
  afterAll(async () => {
    opened.engine.close()
    await rm(root, { recursive: true })
  })

  async function run(...args: string[]) {
    const effects = fakeEffects()
    const code = await main(['split', ...args], effects)
    return { code, out: effects.output(), lines: effects.lines.join('\n') }
  }

  const marked = (Object.keys(FORMATS) as FormatName[]).filter(
    format => FORMATS[format].marksSplit && format !== 'parquet',
  )
  test.each(marked)('finds in %s what was written, with and without the manifest', async format => {
    const query = `add=${encodeURIComponent(WHERE)}&v=2&split=0.6,0.2,0.2&by=image`
    const subset = await openSubset(opened, readRecipe(query))
    const path = join(root, `x.${FORMATS[format].extension}`)
    await subset.write(format, path)
    const [withManifest, byNames] = [
      await run('--check', path, '--json', '--manifest', 'manifests/test'),
      await run('--check', path, '--json'),
    ]
    const { report } = JSON.parse(withManifest.out)
    const { splits, datasets, labels, sharedPatients, sharedCases } = subset.split ?? {}
    expect(report).toMatchObject({ splits, datasets, labels, sharedPatients, sharedCases })
    expect(sharedPatients).toBeGreaterThan(0)
    const named = JSON.parse(byNames.out).report
    expect(named).toMatchObject({ datasets, sharedPatients, sharedCases, labels: [] })
    expect(named.warnings.join()).toContain('Patients have images in several splits')
  })

  const jsonFile = async (name: string, files: object) => {
    const path = join(root, name)
    await writeFile(path, JSON.stringify(files))
    return path
  }

  test('people of two datasets are matched by their names, as in a drawn split', async () => {
    const path = await jsonFile('kits.json', {
      train: kits('KiTS', [0, 1, 2, 3, 4]),
      test: kits('KiTS2021', [0, 1, 2, 3, 4, 7]),
    })
    const { out } = await run('--check', path)
    expect(out).toContain(
      'Leakage check: 5 people in more than one split, such as KiTS/case_00000 = KiTS2021/case_00000',
    )
    expect(out).toContain('People whose names match in several datasets have images in several')
    expect(out).toContain('Datasets that share scans are in different splits: KiTS shares')
    const clean = await jsonFile('clean.json', {
      train: [...kits('KiTS', [0, 1]), ...kits('KiTS2021', [0, 1])],
      test: kits('KiTS2021', [7, 8]),
    })
    const tied = await run('--check', clean)
    expect(tied.out).toContain('Leakage check: no patient in more than one split')
    expect(tied.out).toContain('but people whose names match are in one')
    expect(tied.out).toContain('(2 people)')
  })

  test('folds have a report each', async () => {
    const folds = [
      { train: kits('KiTS', [0, 1]), val: kits('KiTS', [2]) },
      { train: kits('KiTS', [0, 2]), val: kits('KiTS2021', [0, 1]) },
    ]
    const path = await jsonFile('splits_final.json', folds)
    const { out } = await run('--check', path)
    expect(out).toContain('splits_final.json, fold 1: 3 images\n')
    expect(out).toContain('splits_final.json, fold 2: 4 images\n')
    expect(out).not.toContain('named without')
    const json = JSON.parse((await run('--check', path, '--json')).out)
    const shared = json.folds.map(
      (one: { report: { sharedPeople: { people: number } } }) => one.report.sharedPeople.people,
    )
    expect(shared).toEqual([0, 1])
  })

  test('lists, unknown names, and images in two splits are said', async () => {
    const subset = await openSubset(
      opened,
      readRecipe(`add=${encodeURIComponent(WHERE)}&v=2&split=0.5,0.25,0.25`),
    )
    let text = ''
    for await (const piece of subset.text('jsonl')) text += piece
    const rows: { path: string; split: string }[] = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const paths = await Promise.all(
      SPLIT_NAMES.map(async name => {
        const path = join(root, `${name}.txt`)
        const own = rows.filter(({ split }) => split === name).map(row => row.path)
        const more =
          name === 'test' ? [rows[0]?.path, 'images/ct_00--BTCV--nobody--z_0001.png'] : []
        await writeFile(path, [...own, ...more].join('\n'))
        return path
      }),
    )
    const stem = rows[0]?.path.slice('images/'.length, -'.png'.length)
    const { code, out } = await run('--check', ...paths, '--manifest', 'manifests/test')
    expect(code).toBe(0)
    const [title, first] = out.split('\n')
    expect(title).toContain(`: ${rows.length} images`)
    expect(first).toContain(`warning: 1 image is in several splits, such as ${stem} (`)
    expect(first).toContain('test)')
    const named = await run('--check', ...paths)
    expect(named.out.split('\n').slice(1, 2)).toEqual([first])
    expect(out).toContain('1 image unknown, such as ct_00--BTCV--nobody--z_0001')
    expect(out).toContain('Leakage check: 1 patient in more than one split')
  })

  test('what is missing or known to nobody is an error', async () => {
    const none = await run('--check', join(root, 'none.csv'))
    expect([none.code, none.lines]).toEqual([1, expect.stringContaining('cannot be read')])
    const folder = await run('--check', root)
    expect([folder.code, folder.lines]).toEqual([1, expect.stringContaining('is a folder')])
    const path = join(root, 'train.txt')
    await writeFile(path, 'a--b--c--d.png')
    const twice = await run('--check', path, join(root, '.', 'train.txt'))
    expect([twice.code, twice.lines]).toEqual([2, expect.stringContaining('is given twice')])
    const unknown = await run('--check', path, '--manifest', 'manifests/test')
    expect([unknown.code, unknown.lines]).toEqual([
      1,
      expect.stringContaining('The image is not known'),
    ])
  })
})
