import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recipeFrom } from '../../cli/subset'
import { fetchCommand, writeCommands } from '../../components/subset/commands'
import type { LabelRow } from '../../lib/filter/dimensions'
import { passesFacet, selectsMasks } from '../../lib/filter/filter'
import { parseFilter } from '../../lib/filter/query-string'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../../lib/filter/selection'
import { formatAddress, readAddress } from '../../lib/subset/address'
import { parseRecipe, recipeText } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { temporaryFolder } from '../archive/temporary-archive'
import { fakeEffects } from '../cli/fake-effects'

const LABELS = ['a', 'union_a', 'union_b'].map((label, label_id): LabelRow => {
  const is_union = label !== 'a'
  return { label_id, label, organ: 'Liver', region: null, is_lesion: false, is_union, side: null }
})

const PLACE = { samed2d: 'npx samed2d', manifest: 'm' }

test.each([
  // Links of version 0.1 had no version.
  ['add=&sample=label%3A5', 1],
  ['add=&sample=case%3A5&cap=9', 1],
  ['add=&cap=9', 1],
  ['add=&split=0.8%2C0.1%2C0.1', 1],
  // Steps mean the same in all versions, and the rest came with version 2.
  ['add=modality%3DCT', 2],
  ['add=&every=4', 2],
  ['add=&at-least=label%3A5', 2],
  ['add=&slices-per=patient%3A5&cap=9', 2],
  ['add=&v=2&sample=label%3A5', 2],
  ['add=&v=2&split=0.8%2C0.1%2C0.1', 2],
] as const)('the link %s is of version %i, and stays it', (query, version) => {
  const recipe = readRecipe(query)
  expect(recipe.version).toBe(version)
  expect(readAddress(formatAddress(recipe))).toEqual(recipe)
  expect(parseRecipe(recipeText(recipe), 'x')).toEqual(recipe)
})

test('a file of version 1 keeps its version where that matters', () => {
  const file = { format: 'samed2d-subset', version: 1, steps: [{ op: 'add', where: '' }] }
  const read = (more: object) => parseRecipe(JSON.stringify({ ...file, ...more }), 'x')
  expect(read({}).version).toBe(2)
  const old = read({ sample: { per: 'label', count: 5 } })
  expect(old).toEqual({ ...file, name: 'subset', seed: 1, sample: { per: 'label', count: 5 } })
  expect(() => read({ slices: { every: 2 } })).toThrow(
    'x: slices: not part of a subset of version 1',
  )
  for (const sample of [
    { per: 'label', count: 5, rule: 'floor' },
    { per: 'patient', count: 5 },
  ])
    expect(() => read({ sample })).toThrow('x: sample {"per":')
  expect(() => read({ version: 3 })).toThrow('x: version 3: write 1 or 2')
})

test.each([
  ['organ=Liver', 'organ=Liver&union=0,1'],
  ['label.all=a,union_b&modality=CT', 'label.all=a,union_b&modality=CT&union=0,1'],
  ['label=!a', 'label=!a&union=0,1'],
  ['area=0..1', 'area=0..1&union=0,1'],
  ['union=0&organ=Liver', 'union=0&organ=Liver'],
  ['union=!1', 'union=!1'],
  ['modality=CT&masks=2..', 'modality=CT&masks=2..'],
  ['', ''],
])('a filter "%s" of version 1 still takes merged masks: "%s"', (before, now) => {
  const file = { format: 'samed2d-subset', version: 1, steps: [{ op: 'add', where: before }] }
  const recipe = parseRecipe(JSON.stringify(file), 'x')
  expect(recipe.steps).toEqual([{ op: 'add', where: now }])
  expect(parseRecipe(recipeText(recipe), 'x')).toEqual(recipe)
  // It selects what passes every facet, as it did before merged masks had a rule.
  const { filter } = parseFilter(before)
  const passing = LABELS.filter(row =>
    LABEL_FACET_NAMES.every(name => passesFacet(filter, name, LABEL_FACETS[name](row))),
  )
  const dimensions = { datasets: [], submodalities: [], labels: LABELS }
  expect(resolveFilter(parseFilter(now).filter, dimensions).labelIds).toEqual(
    selectsMasks(filter) ? passing.map(row => row.label_id) : null,
  )
  // Of links, those that say nothing of a version but have a sample, a cap or a split are old.
  const link = `add=${encodeURIComponent(before)}`
  expect(readRecipe(`${link}&split=0.8%2C0.1%2C0.1`).steps).toEqual(recipe.steps)
  expect(readRecipe(link).steps).toEqual([{ op: 'add', where: before }])
  expect(readRecipe(`${link}&v=2&cap=5`).steps).toEqual([{ op: 'add', where: before }])
})

test.each([
  ['v=3', 'version 3: write 1 or 2'],
  ['every=1', 'every 1: write one slice in how many, a whole number from 2, such as 4'],
  [
    'slices-per=shoe:3',
    'slices-per shoe:3: write a key and a number of slices, such as patient:20',
  ],
  ['at-least=label', 'at-least label: write a key and a number of images, such as label:500'],
  ['sample=label:5&at-least=label:9', 'sample and at-least exclude each other; leave one out'],
  ['by=case', 'by case: needs a split; add split=0.8,0.1,0.1, or leave out by='],
  ['v=2&split=1,0,0&families=0', 'families 0: part of version 1; write overlap=together'],
  ['v=1&split=1,0,0&overlap=warn', 'overlap warn: not part of a subset of version 1'],
  ['v=2&split=1,0,0&by=shoe', 'by shoe: write patient, case or image'],
  ['split=1,0,0&by=patient', 'by patient: write case or image'],
  ['every=4&slices-per=case:3', 'every and slices-per exclude each other; leave one out'],
])('what is wrong in %s is said, and what to do', (query, message) => {
  expect(() => readRecipe(`add=&${query}`)).toThrow(`subset: ${message}`)
})

test('a filter of version 1 with "all of" and other mask facets keeps its version, and its rule', () => {
  const read = (where: string) =>
    parseRecipe(
      JSON.stringify({
        format: 'samed2d-subset',
        version: 1,
        steps: [{ op: 'add', where }],
      }),
      'x',
    )
  expect(read('label.all=a,union_a').version).toBe(1)
  expect(read('label=a&area=0.1..').version).toBe(2)
  const old = read('label.all=a&area=0.1..0.5')
  expect(old.version).toBe(1)
  expect(readAddress(formatAddress(old))).toEqual(old)
  expect(parseRecipe(recipeText(old), 'x')).toEqual(old)
})

test('options of the command line are those of version 2, and a command gives its recipe back', async () => {
  for (const options of [
    { sample: 'label:100' },
    { atLeast: 'organ:100', cap: '500' },
    { every: '4', sample: 'patient:10', seed: '3' },
    { slicesPer: 'patient:20', where: 'modality=CT' },
  ]) {
    const recipe = await recipeFrom(options, fakeEffects())
    expect(recipe.version).toBe(2)
    const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
    const [, given = ''] = / --manifest m (.*) --archive/.exec(fetchCommand(PLACE, recipe)) ?? []
    const pairs = given
      .split(/ ?--/)
      .slice(1)
      .map(pair => pair.split(' '))
    expect(Object.fromEntries(pairs.map(([name = '', text]) => [camelCase(name), text]))).toEqual(
      options,
    )
  }
})

test('a subset of version 1 is passed to a command as a file', async () => {
  const old = readRecipe('add=&sample=label%3A5')
  expect(writeCommands(PLACE, old, 'csv')).toContain(' --subset subset.subset.json ')
  const file = join(await temporaryFolder(), 'x.subset.json')
  await writeFile(file, recipeText(old))
  expect(await recipeFrom({ subset: file }, fakeEffects())).toEqual(old)
})
