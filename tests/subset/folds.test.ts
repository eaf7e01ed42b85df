import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import type { TextFormat } from '../../lib/subset/formats'
import { readRecipe } from '../../lib/subset/recipe-query'
import { SubsetService } from '../../lib/subset/subset-service.node.ts'
import { openSubset } from '../../lib/subset/write-subset.node.ts'
import { fakeEffects } from '../cli/fake-effects'

const MANIFEST = 'manifests/test'
const WHERE = 'modality=Microscopy,Ultrasound,Dermoscopy,Fundus photography'
const QUERY = `add=${encodeURIComponent(WHERE)}&v=2&folds=4&split=0.8,0,0.2`
const FOLDS = [1, 2, 3, 4]

let opened: OpenManifest
let root: string
beforeAll(async () => {
  opened = await openManifest(MANIFEST)
  root = await mkdtemp(join(tmpdir(), 'samed2d-folds-'))
})
afterAll(async () => {
  opened.engine.close()
  await rm(root, { recursive: true })
})

const open = (fold: number | null = null) => openSubset(opened, readRecipe(QUERY), null, fold)

async function textOf(format: TextFormat, fold: number | null = null): Promise<string> {
  let text = ''
  for await (const piece of (await open(fold)).text(format)) text += piece
  return text
}

interface Line {
  readonly path: string
  readonly split: string
  readonly fold?: number
  readonly dataset: string
  readonly caseName: string
}

const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test('every image of train is in one fold, no case in two, and folds are of one size', async () => {
  const { split } = await open()
  const lines = linesOf(await textOf('jsonl'))
  const folds = new Map<string, Set<unknown>>()
  for (const { split, fold, dataset, caseName } of lines) {
    expect(fold !== undefined).toBe(split === 'train')
    const key = `${dataset} ${caseName}`
    folds.set(key, (folds.get(key) ?? new Set()).add(fold))
  }
  expect([...folds.values()].every(found => found.size === 1)).toBe(true)
  expect(split?.folds.map(({ fold, images }) => [fold, images])).toEqual(
    FOLDS.map(fold => [fold, lines.filter(line => line.fold === fold).length]),
  )
  const sizes = split?.folds.map(({ images }) => images) ?? []
  const largest = Math.max(...(split?.splits.map(one => one.imagesPerPatient?.max ?? 0) ?? []))
  const tolerance = Math.max(0.01 * lines.length, largest / 2)
  for (const size of sizes)
    expect(Math.abs(size - 0.2 * lines.length)).toBeLessThanOrEqual(tolerance)
})

test('the formats that record folds agree', async () => {
  const lines = linesOf(await textOf('jsonl'))
  const inFold = (fold: number) => lines.filter(line => line.fold === fold).map(({ path }) => path)
  const [head = '', ...rows] = (await textOf('csv')).trimEnd().split('\n')
  expect(head).toContain('image,mask,split,fold,modality')
  const nnunet = JSON.parse(await textOf('nnunet'))
  const monai = JSON.parse(await textOf('monai'))
  expect(nnunet.splits).toHaveLength(4)
  for (const fold of FOLDS) {
    const own = inFold(fold).sort()
    const pathsOf = (keys: string[]) => keys.map(key => `images/${key}.png`).sort()
    const { train, val } = nnunet.splits[fold - 1]
    expect(pathsOf(val)).toEqual(own)
    expect(pathsOf(train)).toEqual(
      FOLDS.filter(one => one !== fold)
        .flatMap(inFold)
        .sort(),
    )
    const listed = monai.training.filter((one: { fold: number }) => one.fold === fold - 1)
    expect(listed.map((one: { image: string }) => one.image).sort()).toEqual(own)
    const cells = new Set(
      rows.filter(row => row.includes(`,train,${fold},`)).map(row => row.split(',')[0]),
    )
    expect([...cells].sort()).toEqual(own)
  }
})

test('with --fold a fold is val, and nothing else changes', async () => {
  const all = linesOf(await textOf('jsonl'))
  const third = linesOf(await textOf('jsonl', 3))
  expect(third.map(({ path, split }) => [path, split])).toEqual(
    all.map(({ path, split, fold }) => [path, fold === 3 ? 'val' : split]),
  )
})

const run = (...args: string[]) => runOf(WHERE, ...args)

async function runOf(where: string, ...args: string[]) {
  const effects = fakeEffects()
  const out = join(root, 'out')
  await rm(out, { force: true })
  const code = await main(
    ['subset', '--manifest', MANIFEST, '--where', where, ...args, '--out', out],
    effects,
  )
  return { code, text: effects.lines.join('\n'), file: await readFile(out, 'utf8').catch(() => '') }
}

test('the command writes a fold, and says what is wrong', async () => {
  const folds = ['--folds', '4', '--split', '0.8,0,0.2', '--format', 'image2label']
  const { code, file } = await run(...folds, '--fold', '3', '--only', 'val')
  expect(code).toBe(0)
  const third = linesOf(await textOf('jsonl', 3)).filter(({ split }) => split === 'val')
  const written = Object.keys(JSON.parse(file))
  expect(third.map(({ path }) => path)).toEqual(expect.arrayContaining(written))
  expect(written.length).toBeGreaterThan(0)
  for (const [args, message] of [
    [[...folds, '--only', 'val'], '--only val: val is one of 4 folds; add --fold 1 to --fold 4'],
    [[...folds, '--only', 'val', '--fold', '5'], '--fold 5: unknown fold'],
    [['--format', 'csv', '--fold', '1'], '--fold 1: the subset has no folds'],
    [
      ['--format', 'csv', '--folds', '4', '--split', '0.8,0.1,0.1'],
      'folds 4: write a whole number',
    ],
  ] as const) {
    const refused = await run(...args)
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining(message)])
  }
})

const runFew = (...args: string[]) => runOf('dataset=LNDb', '--format', 'csv', ...args)

test('too few patients or images for the folds are refused, on the page as a notice', async () => {
  const few = await runFew('--folds', '5')
  expect([few.code, few.text, few.file]).toEqual([
    1,
    'samed2d: 3 patients cannot fill 5 folds. Choose fewer folds, or a filter with more images.',
    '',
  ])
  const image = await runFew('--folds', '4', '--by', 'image', '--sample', 'all:3')
  expect(image.text).toContain('3 images cannot fill 4 folds')
  const uneven = ['--folds', '4', '--by', 'image', '--sample', 'all:5', '--split', '0.85,0,0.15']
  const none = await runFew(...uneven, '--fold', '4')
  expect([none.code, none.text]).toEqual([1, expect.stringContaining('4 folds cannot be filled')])
  const apart = await runFew('--folds', '3', '--split', '0.8,0,0.2')
  expect(apart.text).toContain('3 patients cannot fill 3 folds and test')
  const enough = await runFew('--folds', '3', '--fold', '3')
  expect([enough.code, enough.file]).toEqual([0, expect.stringContaining(',val,')])
  const service = new SubsetService('none')
  const query = 'add=dataset%3DLNDb&v=2&folds=5&split=1,0,0'
  const { body } = await service.answer(await readManifest(MANIFEST), 'count', query)
  expect(JSON.parse(String(body)).refusal).toContain('3 patients cannot fill 5 folds')
})
