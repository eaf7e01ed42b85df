import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { SubsetService } from '../../lib/subset/subset-service.node.ts'
import { fakeEffects } from '../cli/fake-effects'

const MANIFEST = 'manifests/test'
const WHERE = 'dataset=BraTS2018,BraTS2019,BraTS2020'
const BLOCK =
  'BraTS2018, BraTS2019 and BraTS2020 (100.0% of the images) are kept in one split: BraTS2018 shares scans with BraTS2019 and BraTS2020.'

async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(
    ['subset', '--manifest', MANIFEST, '--where', WHERE, '--split', '0.8,0.1,0.1', ...args],
    effects,
  )
  return { code, out: effects.output(), lines: effects.lines.join('\n') }
}

test('a split that overlapping datasets leave unfilled is an error of one line, with the choices', async () => {
  const { code, out, lines } = await run()
  expect([code, out]).toEqual([1, ''])
  expect(lines).toBe(
    `samed2d: The split cannot be filled: train, val and test would be off by more than 2 points. ${BLOCK} Choose --overlap warn to split them all the same, --overlap exclude to leave the smaller ones out, or a filter with fewer of these datasets.`,
  )
})

test('each choice fills all splits', async () => {
  for (const choice of ['warn', 'exclude']) {
    const { code, out } = await run('--overlap', choice)
    expect(code).toBe(0)
    for (const name of ['train', 'val', 'test']) expect(out).toMatch(new RegExp(`${name} +[1-9]`))
  }
})

test('on the page it is a notice beside the counts, and a file is refused', async () => {
  const folder = await readManifest(MANIFEST)
  const service = new SubsetService('none')
  const query = `add=${encodeURIComponent(WHERE)}&v=2&split=0.8,0.1,0.1`
  const { status, body } = await service.answer(folder, 'count', query)
  const counted = JSON.parse(String(body))
  expect([status, counted.split]).toEqual([200, null])
  expect(counted.cost.images).toBeGreaterThan(0)
  expect(counted.refusal).toContain(`${BLOCK} Set overlapping datasets to “warn”`)
  const file = await service.answer(folder, 'csv', query)
  expect([file.status, String(file.body)]).toEqual([422, `${counted.refusal}\n`])
  const warned = await service.answer(folder, 'count', `${query}&overlap=warn`)
  expect(JSON.parse(String(warned.body))).toMatchObject({ refusal: null, split: { by: 'patient' } })
})

const partsOf = async (where: string, sizes: string) => {
  const effects = fakeEffects()
  const options = ['--where', where, '--split', sizes, '--json']
  expect(await main(['subset', '--manifest', MANIFEST, ...options], effects)).toBe(0)
  const { split } = JSON.parse(effects.output())
  return {
    images: split.splits.map((one: { images: number }) => one.images),
    warnings: split.warnings.join('\n'),
  }
}

test('with as many patients as splits, each split gets one, and warnings say what is so', async () => {
  const counted = await partsOf('dataset=LNDb', '80,16,16')
  expect(counted.images).toEqual([17, 12, 15])
  expect(counted.warnings).toContain(
    '112 images requested, 44 available: train has 17, val has 12 and test has 15.',
  )
  expect(counted.warnings).not.toContain('slices')
  const shares = await partsOf('dataset=LNDb', '0.8,0.1,0.1')
  expect([...shares.images].sort()).toEqual([12, 15, 17])
  expect(shares.warnings).toMatch(
    /Sizes are off by more than 2 points: val has \d+\.\d%, 10.0% was asked; test has .* the largest patient has 17 images/,
  )
})

test('with fewer patients than splits, the report says so', async () => {
  const { images, warnings } = await partsOf('dataset=WORD', '100,10,10')
  expect(images).toEqual([67, 10, 0])
  expect(warnings).toContain('Could not fill test: 2 patients cannot fill 3 splits.')
  expect(warnings).toContain('and then slices of them')
})

test.each(['0.8,0.1,0.1', '80,10,10'])(
  'an empty selection split by %s is said to be one',
  async sizes => {
    const { images, warnings } = await partsOf('dataset=ACDC&modality=CT', sizes)
    expect(images).toEqual([0, 0, 0])
    expect(warnings).toContain('The filter selects no images')
    expect(warnings).not.toContain('kept together')
  },
)
