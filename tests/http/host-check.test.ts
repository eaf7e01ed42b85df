import { expect, test } from 'vitest'
import { absoluteTarget, allowedNames, hostName, isAllowedHost } from '../../lib/http/host-check'

const rule = (bound: string, names: readonly string[] = []) => ({ bound, names })

test.each([
  'localhost',
  'localhost:3000',
  'LOCALHOST:80',
  'localhost.',
  'localhost.:3000',
  '127.0.0.1',
  '127.0.0.1:65535',
  '[::1]',
  '[::1]:3000',
  '[0:0:0:0:0:0:0:1]',
])('%s is a name of this machine', host => {
  expect(isAllowedHost(host, rule('127.0.0.1'))).toBe(true)
})

test.each([
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1.evil.example',
  '127.0.0.2',
  '192.168.1.5',
  '[::2]',
  '[::1',
  'user@localhost',
  'localhost@evil.example',
  'localhost, evil.example',
  'localhost:80:80',
  'localhost:x',
  'localhost/',
  'local host',
  '',
  ' ',
  '%6cocalhost',
])('%s is refused', host => {
  expect(isAllowedHost(host, rule('127.0.0.1'))).toBe(false)
})

test('the address that the server listens on is allowed, and none beside', () => {
  expect(isAllowedHost('192.168.1.5:3000', rule('192.168.1.5'))).toBe(true)
  expect(isAllowedHost('192.168.1.6', rule('192.168.1.5'))).toBe(false)
  expect(isAllowedHost('[FE80::1]:3000', rule('fe80::1'))).toBe(true)
  expect(isAllowedHost('Box.example.org.', rule('box.example.org'))).toBe(true)
})

test.each(['0.0.0.0', '::', '[::]'])('%s answers for every address, but for no name', bound => {
  for (const host of ['192.168.1.5:3000', '[fe80::1]', '10.0.0.1', 'localhost'])
    expect(isAllowedHost(host, rule(bound)), host).toBe(true)
  expect(isAllowedHost('evil.example', rule(bound))).toBe(false)
  expect(isAllowedHost('1.2.3.4.evil.example', rule(bound))).toBe(false)
})

test('names that were allowed are compared whatever their case, dot and port', () => {
  const names = allowedNames(['Explorer.Example.org.', 'other:8080'])
  expect(isAllowedHost('explorer.example.org:443', rule('127.0.0.1', names))).toBe(true)
  expect(isAllowedHost('EXPLORER.example.org.', rule('127.0.0.1', names))).toBe(true)
  expect(isAllowedHost('other', rule('127.0.0.1', names))).toBe(true)
  expect(isAllowedHost('sub.explorer.example.org', rule('127.0.0.1', names))).toBe(false)
  expect(() => allowedNames(['https://explorer.example.org'])).toThrow(
    '--allow-host https://explorer.example.org: not a host name; give a name such as explorer.example.org',
  )
})

test('a host has one form', () => {
  expect(hostName('EXAMPLE.org.:80')).toBe('example.org')
  expect(hostName('[0:0::1]:80')).toBe('[::1]')
  expect(hostName('a b')).toBeNull()
})

test('the host of a URL in absolute form is found', () => {
  expect(absoluteTarget('http://evil.example/a?b=/c')).toEqual({
    authority: 'evil.example',
    target: '/a?b=/c',
  })
  expect(absoluteTarget('HTTPS://h:1')).toEqual({ authority: 'h:1', target: '/' })
  expect(absoluteTarget('http://h?x')).toEqual({ authority: 'h', target: '/?x' })
  expect(absoluteTarget('/http://h/')).toBeNull()
  expect(absoluteTarget('//h/')).toBeNull()
})
