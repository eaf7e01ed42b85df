import { expect, test } from 'vitest'
import type { Dimensions } from '../../lib/filter/dimensions'
import type { Filter } from '../../lib/filter/filter'
import { knownValues } from '../../lib/filter/known-values'
import { parseFilter } from '../../lib/filter/query-string'

const label = (label_id: number, label: string, organ: string | null, region: string | null) => ({
  label_id,
  label,
  organ,
  region,
  is_lesion: false,
  is_union: false,
  side: null,
})

const dimensions: Dimensions = {
  datasets: ['BTCV', 'BraTS2013', 'BraTS2021', 'a,b'].map((dataset, dataset_id) => ({
    dataset_id,
    dataset,
    structures: null,
    is_released: null,
  })),
  submodalities: [
    { submodality_id: 0, submodality: 'ct_00', modality: 'CT' },
    { submodality_id: 1, submodality: 'mr_t1', modality: 'MR' },
  ],
  labels: [
    label(0, 'liver', 'Liver', 'Abdomen'),
    label(1, 'tumor', null, null),
    ...Array.from({ length: 30 }, (_, i) => label(2 + i, `rib_${i}`, `Rib ${i}`, 'Thorax')),
  ],
}

const problemsOf = (query: string) => knownValues(parseFilter(query).filter, dimensions).problems

test.each([
  ['organ=Livr', 'This manifest has no organ "Livr". Did you mean organ=Liver?'],
  ['organ=liver', 'This manifest has no organ "liver". Did you mean organ=Liver?'],
  ['organ=!Livr', 'This manifest has no organ "Livr". Did you mean organ=!Liver?'],
  [
    'dataset=BraTS',
    'This manifest has no dataset "BraTS". Did you mean dataset=BraTS2013 or dataset=BraTS2021?',
  ],
  ['dataset=ab', 'This manifest has no dataset "ab". Did you mean dataset=a%5C,b?'],
  ['flag=mask_emty', 'This manifest has no flag "mask_emty". Did you mean flag=mask_empty?'],
  // Similar to no value of the facet, but another facet has it.
  ['organ=tumor', 'This manifest has no organ "tumor". Did you mean label=tumor?'],
  ['dataset=ct', 'This manifest has no dataset "ct". Did you mean modality=CT?'],
  // Few values are listed, many are not.
  ['modality=Foo', 'This manifest has no modality "Foo". Expected one of CT, MR.'],
  ['label=zzzzzzzz', 'This manifest has no label "zzzzzzzz".'],
])('%s: %s', (query, problem) => {
  expect(problemsOf(query)).toEqual([problem])
})

test('what is suggested is a filter that the manifest knows', () => {
  for (const query of ['organ=Livr', 'dataset=ab', 'organ=!Livr', 'dataset=ct']) {
    const [, meant = ''] = /Did you mean (.+)\?/.exec(problemsOf(query)[0] ?? '') ?? []
    expect(parseFilter(meant).problems).toEqual([])
    expect(problemsOf(meant)).toEqual([])
  }
})

test('unknown values are dropped, and a facet that is left without values too', () => {
  const filter: Filter = {
    modality: ['CT', 'Foo'],
    organ: ['Livr'],
    not: { dataset: ['BTCV', 'x'], label: ['y'] },
  }
  expect(knownValues(filter, dimensions).filter).toEqual({
    modality: ['CT'],
    not: { dataset: ['BTCV'] },
  })
})

test('each of many unknown values has a message, and the first five a suggestion', () => {
  const problems = problemsOf(`label=${Array.from({ length: 900 }, (_, i) => `liver${i}`).join()}`)
  expect(problems).toHaveLength(900)
  expect(problems.filter(problem => problem.includes('Did you mean'))).toHaveLength(5)
})
