import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import { FIGURE_IDS } from '../../lib/figures/figure'
import { FORMATS } from '../../lib/subset/formats'
import { fakeEffects } from '../cli/fake-effects'

/** The names that a document lacks in backticks. */
const missing = (text: string, names: readonly string[]) =>
  names.filter(name => !text.includes(`\`${name}\``))

test('docs/figures.md lists every figure', async () => {
  expect(missing(await readFile('docs/figures.md', 'utf8'), FIGURE_IDS)).toEqual([])
})

test('docs/subset.md and the help of --format list every export format', async () => {
  const formats = Object.keys(FORMATS)
  expect(missing(await readFile('docs/subset.md', 'utf8'), formats)).toEqual([])
  const effects = fakeEffects()
  await main(['subset', '--help'], effects)
  const words = new Set(effects.output().match(/\w+/g))
  expect(formats.filter(name => !words.has(name))).toEqual([])
})

test('docs/architecture.md says what every folder of lib holds', async () => {
  const folders = (await readdir('lib', { withFileTypes: true })).filter(one => one.isDirectory())
  const text = await readFile('docs/architecture.md', 'utf8')
  expect(
    missing(
      text,
      folders.map(({ name }) => `lib/${name}`),
    ),
  ).toEqual([])
})
