import { expect, test } from 'vitest'
import { connectOrigins, contentPolicy } from '../../lib/http/security-headers'

test('the page may talk to its own host only', () => {
  expect(contentPolicy([])).toContain("connect-src 'self';")
  expect(contentPolicy([])).toContain("frame-ancestors 'none'")
  expect(contentPolicy([])).not.toContain("'unsafe-eval'")
  expect(contentPolicy([])).toContain("script-src 'self' 'wasm-unsafe-eval';")
})

test('other origins can be named', () => {
  const connect = connectOrigins(' https://data.example.org  http://127.0.0.1:9000/ ')
  expect(connect).toEqual(['https://data.example.org', 'http://127.0.0.1:9000'])
  expect(contentPolicy(connect)).toContain("connect-src 'self' https://data.example.org ")
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
