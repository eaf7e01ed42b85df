import { expect, test } from 'vitest'
import { baseContentPolicy, connectOrigins } from '../../lib/http/security-headers.mjs'

test('the page may talk to its own host only', () => {
  expect(baseContentPolicy()).toContain("connect-src 'self';")
  expect(baseContentPolicy()).toContain("frame-ancestors 'none'")
  expect(baseContentPolicy()).not.toContain("'unsafe-eval'")
})

test('other origins can be named', () => {
  const connect = ' https://data.example.org  http://127.0.0.1:9000/ '
  expect(connectOrigins(connect)).toEqual(['https://data.example.org', 'http://127.0.0.1:9000'])
  expect(baseContentPolicy({ connect })).toContain("connect-src 'self' https://data.example.org ")
})

test.each([
  '*',
  'example.org',
  "'unsafe-inline'",
  'https://a.org;script-src',
  'https://a.org/path',
  'https://u:p@a.org',
  'data:',
  'file:///etc',
])('%s is no origin', origin => {
  expect(() => connectOrigins(origin)).toThrow(/SAMED2D_CONNECT/)
})
