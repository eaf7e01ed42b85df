import { expect, test } from 'vitest'
import { chooseEncoding } from '../../lib/http/content-encoding'

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['BR ; Q=0.5', 'br'],
  ['identity', null],
  ['gzip;q=0', null],
  ['', null],
  [null, null],
])('Accept-Encoding %s → %s', (header, encoding) => {
  expect(chooseEncoding(header, ['br', 'gzip'])).toBe(encoding)
})
