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
