import { expect, test } from 'vitest'
import { hasProxy, proxyFor } from '../../lib/network/proxy-choice'

const HTTP_PROXY = 'http://proxy:3128'

const variableFor = (url: string, env: Record<string, string>) =>
  proxyFor(new URL(url), env)?.variable ?? null

test('the scheme of the URL chooses the variable, lower case first', () => {
  const both = { HTTP_PROXY, HTTPS_PROXY: 'http://secure:3128' }
  expect(variableFor('http://a.example/', both)).toBe('HTTP_PROXY')
  expect(variableFor('https://a.example/', both)).toBe('HTTPS_PROXY')
  expect(variableFor('https://a.example/', { HTTP_PROXY })).toBeNull()
  expect(variableFor('http://a.example/', { HTTP_PROXY, http_proxy: 'http://other' })).toBe(
    'http_proxy',
  )
  expect(variableFor('https://a.example/', { ALL_PROXY: 'http://all' })).toBe('ALL_PROXY')
  expect(variableFor('http://a.example/', { HTTP_PROXY: '' })).toBeNull()
  expect(hasProxy({})).toBe(false)
  expect(hasProxy({ https_proxy: 'x' })).toBe(true)
})

test('a proxy without a scheme is an http proxy', () => {
  const url = new URL('http://a.example/')
  expect(proxyFor(url, { HTTP_PROXY: 'proxy:3128' })?.url).toBe('http://proxy:3128')
  expect(proxyFor(url, { HTTP_PROXY: 'https://proxy' })?.url).toBe('https://proxy')
})

test.each<[string, string, boolean]>([
  ['a.example', 'http://a.example/', true],
  ['a.example', 'http://b.a.example/', true],
  ['a.example', 'http://ba.example/', false],
  ['a.example', 'http://a.example.org/', false],
  ['.a.example', 'http://b.a.example/', true],
  ['.a.example', 'http://a.example/', true],
  ['*.a.example', 'http://b.a.example/', true],
  ['A.Example', 'http://a.eXample/', true],
  ['a.example.', 'http://a.example/', true],
  ['a.example', 'http://a.example./', true],
  ['x, a.example', 'http://a.example/', true],
  ['x a.example', 'http://a.example/', true],
  [',,', 'http://a.example/', false],
  ['.', 'http://a.example/', false],
  ['a.example:80', 'http://a.example/', true],
  ['a.example:443', 'http://a.example/', false],
  ['a.example:443', 'https://a.example/', true],
  ['a.example:8080', 'http://a.example:8080/', true],
  ['.a.example:8080', 'http://b.a.example:8080/', true],
  ['*', 'http://a.example/', true],
  ['x,*', 'http://a.example/', true],
  ['127.0.0.1', 'http://127.0.0.1:3000/', true],
  ['127.0.0.1', 'http://1.127.0.0.1.example/', false],
  ['::1', 'http://[::1]:3000/', true],
  ['[::1]', 'http://[::1]/', true],
  ['[0:0::1]:80', 'http://[::1]/', true],
  ['[::1]:81', 'http://[::1]/', false],
  ['10.0.0.0/8', 'http://10.1.2.3/', false],
])('NO_PROXY=%s and %s: %s', (NO_PROXY, url, isDirect) => {
  const env = { HTTP_PROXY, HTTPS_PROXY: HTTP_PROXY, NO_PROXY }
  expect(proxyFor(new URL(url), env) === null).toBe(isDirect)
})

test('no_proxy comes before NO_PROXY', () => {
  const env = { HTTP_PROXY, NO_PROXY: '*', no_proxy: 'b.example' }
  expect(variableFor('http://a.example/', env)).toBe('HTTP_PROXY')
})
