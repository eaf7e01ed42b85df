import { expect, test } from 'vitest'
import families from '../../data/families.json' with { type: 'json' }
import { KNOWN_DATASET_NAMES } from '../../lib/catalog/known-datasets'

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
