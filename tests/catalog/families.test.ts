import { expect, test } from 'vitest'
import families from '../../data/families.json' with { type: 'json' }
import { KNOWN_DATASET_NAMES } from '../../lib/catalog/known-datasets'
import { partnersOf } from '../../lib/catalog/shared-scans'

const KINDS = ['same-images', 'same-source', 'possibly-same-hospital']

test('pairs of overlapping datasets are of two known datasets each, and stand there once', () => {
  const pairs = families.pairs.map(({ datasets }) => datasets)
  for (const pair of pairs) {
    expect(new Set(pair).size).toBe(2)
    expect(KNOWN_DATASET_NAMES).toEqual(expect.arrayContaining(pair))
  }
  const keys = pairs.map(pair => pair.toSorted().join('\n'))
  expect(new Set(keys).size).toBe(keys.length)
})

test('every pair says its kind, its evidence and where that was read', () => {
  const wanting = families.pairs.filter(
    ({ kind, evidence, source }) => !KINDS.includes(kind) || !evidence || !source,
  )
  expect(wanting).toEqual([])
})

test('a dataset has its own pairs only, with their kinds in words', () => {
  const of = (dataset: string) =>
    partnersOf(dataset).map(({ other, kindInWords }) => [other, kindInWords])
  expect(of('gamma3')).toEqual([['gamma', 'same images']])
  expect(of('MSD_Colon')).toEqual([
    ['CTPelvic1k', 'share scans'],
    ['MSD_HepaticVessel', 'possibly the same hospital'],
    ['MSD_Pancreas', 'possibly the same hospital'],
    ['MSD_Spleen', 'possibly the same hospital'],
  ])
  expect(of('Brain_PTM')).toEqual([])
})
