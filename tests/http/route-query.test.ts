import { expect, test } from 'vitest'
import { routeQuery } from '../../lib/http/route-query'

test.each([
  ['/api/subset/csv?add=modality%3DCT&seed=2&what=csv', 'add=modality%3DCT&seed=2'],
  ['/api/subset/csv?what=csv&add=', 'add='],
  ['/api/subset/csv?what=csv', ''],
  ['/api/subset/csv', ''],
  // Only whole names: this is somebody's own parameter.
  ['/api/subset/csv?whatever=1&name=what%3D', 'whatever=1&name=what%3D'],
])('%s', (url, query) => {
  expect(routeQuery(url, 'what')).toBe(query)
})

test('a request without an address has no query', () => {
  expect(routeQuery(undefined, 'what')).toBe('')
})
