import { expect, test } from 'vitest'
import { partLocations } from '../../lib/archive/part-names'

test.each([
  ['data/a.zip', 1, ['data/a.zip']],
  ['data/a.zip', 3, ['data/a.z01', 'data/a.z02', 'data/a.zip']],
  ['A.ZIP', 2, ['A.Z01', 'A.ZIP']],
  ['a.zip.zip', 2, ['a.zip.z01', 'a.zip.zip']],
  [
    'https://example.org/a.zip/b.zip?download=c.zip',
    2,
    [
      'https://example.org/a.zip/b.z01?download=c.zip',
      'https://example.org/a.zip/b.zip?download=c.zip',
    ],
  ],
])('parts of %s, %i of them', (location, count, parts) => {
  expect(partLocations(location, count)).toEqual(parts)
})

test('beyond 99 parts their numbers have three digits', () => {
  const parts = partLocations('a.zip', 102)
  expect(parts.slice(98)).toEqual(['a.z99', 'a.z100', 'a.z101', 'a.zip'])
})
