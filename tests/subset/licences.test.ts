import { expect, test } from 'vitest'
import known from '../../data/datasets.json'
import licences from '../../data/licences.json'
import { licenceOf } from '../../lib/subset/credits'

test('licences are of datasets that there are, each once, with where they are stated', () => {
  const names = licences.datasets.map(one => one.dataset)
  expect(new Set(names).size).toBe(names.length)
  const all = new Set(known.datasets.map(one => one.dataset))
  expect(names.filter(name => !all.has(name))).toEqual([])
  for (const { source } of licences.datasets) expect(source).toMatch(/https?:\/\//)
  expect(licenceOf('no such dataset')).toBeNull()
})
