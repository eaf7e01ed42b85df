import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { writeCommands } from '../../components/subset/commands'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { SPLIT_NAMES } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { SubsetService } from '../../lib/subset/subset-service.node.ts'
import { openSubset } from '../../lib/subset/write-subset.node.ts'
import { fakeEffects } from '../cli/fake-effects'
import { listOf } from './list/list-of'

const PLACE = { samed2d: 'npx samed2d', manifest: 'manifests/release' }

const MANIFEST = 'manifests/test'
const WHERE = 'modality=Ultrasound,PET'
const QUERY = `add=${encodeURIComponent(WHERE)}&v=2&split=0.5,0.25,0.25`

let opened: OpenManifest
let root: string
beforeAll(async () => {
  opened = await openManifest(MANIFEST)
  root = await mkdtemp(join(tmpdir(), 'samed2d-side-'))
})
afterAll(async () => {
  opened.engine.close()
  await rm(root, { recursive: true })
})

const UNMARKED = (Object.keys(FORMATS) as FormatName[]).filter(name => !FORMATS[name].marksSplit)

/** Images that a file names, by path; of Parquet too. */
async function imagesIn(path: string, format: FormatName): Promise<string[]> {
  if (format === 'parquet') {
    const text = `SELECT DISTINCT image FROM read_parquet('${path}')`
    const rows = await opened.engine.rows<{ image: string }>({ text, params: [] })
    return rows.map(row => row.image)
  }
  const text = await readFile(path, 'utf8')
  if (format === 'nnunet') {
    const { dataset, test } = JSON.parse(text)
    return Object.keys({ ...dataset, ...test }).map(key => `images/${key}.png`)
  }
  if (format === 'imagefolder')
    return text.split('\n').flatMap(line => (line ? [JSON.parse(line).file_name] : []))
  const { pictures } = await listOf(text)
  return [...new Set(pictures)].filter(name => name.startsWith('images/'))
}

test('the four forms without a place for a split are known as such', () => {
  expect(UNMARKED).toEqual(['image2label', 'label2image', 'coco', 'files'])
})

test.each(Object.keys(FORMATS) as FormatName[])(
  'the sides of %s are the whole together, and no image is on two',
  async format => {
    const whole = await openSubset(opened, readRecipe(`add=${encodeURIComponent(WHERE)}`))
    await whole.write(format, join(root, 'whole'))
    const all = await imagesIn(join(root, 'whole'), format)
    const sides: string[][] = []
    for (const side of SPLIT_NAMES) {
      const made = await openSubset(opened, readRecipe(QUERY), side)
      await made.write(format, join(root, side))
      const images = await imagesIn(join(root, side), format)
      // The reverse form has no image without a mask.
      if (format !== 'label2image')
        expect(images.length).toBe(made.split?.splits.find(one => one.split === side)?.images)
      expect(images.length).toBeGreaterThan(0)
      sides.push(images)
    }
    const together = sides.flat()
    expect(new Set(together).size).toBe(together.length)
    expect(together.sort()).toEqual(all.sort())
  },
)

test('a class has the same number in the files of all sides', async () => {
  const categories = []
  for (const side of SPLIT_NAMES) {
    const made = await openSubset(opened, readRecipe(QUERY), side)
    await made.write('coco', join(root, side))
    categories.push(JSON.parse(await readFile(join(root, side), 'utf8')).categories)
  }
  expect(categories[1]).toEqual(categories[0])
  expect(categories[2]).toEqual(categories[0])
})

async function run(...args: string[]) {
  const effects = fakeEffects()
  return [await main(args, effects), effects.lines.join('\n')] as const
}

const SPLIT = ['--where', WHERE, '--split', '0.5,0.25,0.25']

test.each(UNMARKED)('a whole split as %s is refused, and --only is named', async format => {
  const out = join(root, 'refused')
  const [code, text] = await run(
    'subset',
    '--manifest',
    MANIFEST,
    ...SPLIT,
    '--format',
    format,
    '--out',
    out,
  )
  expect(code).toBe(2)
  expect(text).toContain('--only train')
  await expect(readFile(out)).rejects.toThrow(/ENOENT/)
  const { status, body } = await new SubsetService().answer(
    await readManifest(MANIFEST),
    format,
    QUERY,
  )
  expect([status, String(body)]).toEqual([400, expect.stringContaining('with only=train')])
})

test.each([
  [
    ['--only', 'shoe', ...SPLIT, '--format', 'csv', '--out', 'x'],
    '--only shoe: unknown split; expected one of train',
  ],
  [['--only', 'val', '--format', 'csv', '--out', 'x'], '--only val: the subset has no split'],
  [
    ['--only', 'val', '--split', '0.8,0,0.2', '--format', 'csv', '--out', 'x'],
    '--only val: the split gives val no images; choose other sizes',
  ],
  [['--only', 'val', ...SPLIT], '--only val selects what to write; add --format and --out'],
])('a side that makes no sense is refused: %j', async (args, message) => {
  const [code, text] = await run('subset', '--manifest', MANIFEST, ...args)
  expect(code).toBe(2)
  expect(text).toContain(message)
})

test('page and command write the same bytes of a side', async () => {
  const folder = await readManifest(MANIFEST)
  const server = new SubsetService('none')
  for (const format of ['image2label', 'coco', 'csv'] as const) {
    const out = join(root, `cli.${format}`)
    const sided = ['--format', format, '--only', 'val', '--out', out]
    expect((await run('subset', '--manifest', MANIFEST, ...SPLIT, ...sided))[0]).toBe(0)
    const answer = await server.answer(folder, format, `${QUERY}&only=val`)
    // Links of version 0.1.
    expect(await server.answer(folder, format, `${QUERY}&side=val`)).toEqual(answer)
    expect(answer.headers).toMatchObject({
      'Content-Disposition': expect.stringContaining(`subset.val.${format}.`),
    })
    const { path } = answer.body as { path: string }
    expect((await readFile(path)).equals(await readFile(out)), format).toBe(true)
  }
})

test.each([
  ['csv', `${QUERY}&onyl=train`, 'onyl=: unknown parameter of /api/subset/csv'],
  ['count', `${QUERY}&only=train`, 'only=: unknown parameter of /api/subset/count'],
  [
    'count',
    'dataset=BTCV&label.all=a,b&split=0.8,0.1,0.1',
    'dataset=: a filter is part of add= in the URL of a subset; write add=dataset%3DBTCV%26label.all%3Da%2Cb',
  ],
  ['csv', `${QUERY}&only=shoe`, 'only=shoe: unknown split; expected one of train'],
  ['csv', `${QUERY}&only=val&side=train`, 'leave side= out'],
  ['csv', 'add=&only=val', 'only=val: the subset has no split; add split='],
  ['csv', 'add=&split=0.8,0,0.2&only=val', 'only=val: the split gives val no images'],
  ['csv', `${QUERY}&fold=1`, 'fold=1: the subset has no folds; add folds='],
  ['csv', 'add=&split=0.8,0,0.2&folds=4&only=val', 'val is one of 4 folds; add fold=1'],
  ['csv', 'add=&split=0.8,0,0.2&folds=4&only=val&fold=5', 'fold=5: unknown fold'],
])('/api/subset/%s?%s is refused in the words of a URL', async (what, query, message) => {
  const { status, body } = await new SubsetService().answer(
    await readManifest(MANIFEST),
    what,
    query,
  )
  expect([status, String(body)]).toEqual([400, expect.stringContaining(message)])
  expect(String(body)).not.toContain('--')
})

test('there is a command for each side that has a share, or one', () => {
  const commands = (query: string, format: FormatName) =>
    writeCommands(PLACE, readRecipe(query), format).split('\n')
  expect(commands('add=&v=2&split=0.5,0.25,0.25', 'image2label')).toEqual([
    expect.stringMatching(/--only train --out image2label_train\.json$/),
    expect.stringMatching(/--only val --out image2label_val\.json$/),
    expect.stringMatching(/--only test --out image2label_test\.json$/),
  ])
  expect(commands('add=&v=2&split=0.5,0.5,0', 'coco').length).toBe(2)
  expect(commands('add=&v=2&split=0.5,0.5,0', 'csv')).toEqual([
    expect.stringMatching(/--split 0\.5,0\.5,0 --format csv --out subset\.csv$/),
  ])
  expect(commands('add=', 'label2image')).toEqual([
    expect.stringMatching(/--format label2image --out label2image_test\.json$/),
  ])
})
