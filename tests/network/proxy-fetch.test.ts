import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { UserError } from '../../lib/errors'
import { proxyFetch } from '../../lib/network/proxy-fetch.node.ts'
import { opened } from '../archive/temporary-archive'
import { startProxy, type TestProxy } from '../fixtures/proxy'
import { type RangeServer, startRangeServer } from '../fixtures/range-server'
import { makeZip } from '../fixtures/zip-writer'

const ZIP = makeZip([{ name: 'images/x.png', data: Buffer.from('x') }])[0] as Buffer
const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap(name => [
  name,
  name.toUpperCase(),
])

let server: RangeServer
const before = { ...process.env }
beforeEach(async () => {
  for (const name of NAMES) delete process.env[name]
  server = await startRangeServer({ '/a.zip': ZIP })
})
afterEach(async () => {
  for (const name of NAMES) delete process.env[name]
  Object.assign(process.env, before)
  await server.close()
})

async function proxied(refuse?: number): Promise<TestProxy> {
  const proxy = await startProxy(Number(new URL(server.url).port), refuse)
  onTestFinished(() => proxy.close())
  return proxy
}

const PATIENCE = { http: { retries: { firstMs: 1, longestMs: 1 }, waitAtMostMs: 50 } }

test('an archive is read through the proxy, which alone knows its host', async () => {
  const proxy = await proxied()
  process.env.HTTP_PROXY = `http://127.0.0.1:${proxy.port}`
  const archive = await opened('http://data.example.invalid/a.zip')
  expect(archive.entries).toBe(1)
  expect(new Set(proxy.asked)).toEqual(new Set(['GET http://data.example.invalid/a.zip']))
  expect(proxy.asked).toHaveLength(archive.counters.requests)
})

test('a host of NO_PROXY is asked directly, as are all hosts without proxies', async () => {
  const proxy = await proxied()
  await proxyFetch(`${server.url}/a.zip`)
  process.env.HTTP_PROXY = `http://127.0.0.1:${proxy.port}`
  process.env.NO_PROXY = '127.0.0.1'
  expect((await proxyFetch(`${server.url}/a.zip`)).status).toBe(206)
  expect(proxy.asked).toEqual([])
})

test('a redirect to a host of NO_PROXY leaves the proxy', async () => {
  const to = await startRangeServer({ '/': Buffer.from('') }, () => ({
    status: 302,
    headers: { location: `${server.url}/a.zip` },
  }))
  onTestFinished(() => to.close())
  const proxy = await startProxy(Number(new URL(to.url).port))
  onTestFinished(() => proxy.close())
  process.env.http_proxy = `127.0.0.1:${proxy.port}`
  process.env.no_proxy = '127.0.0.1'
  const response = await proxyFetch('http://hub.example.invalid/a.zip')
  expect([response.status, response.url]).toEqual([206, `${server.url}/a.zip`])
  expect(proxy.asked).toEqual(['GET http://hub.example.invalid/a.zip'])
})

test('user name and password are sent, also a name alone', async () => {
  const proxy = await proxied()
  const login = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
  process.env.HTTP_PROXY = `http://me%40home:p%3Aw@127.0.0.1:${proxy.port}`
  await proxyFetch('http://a.example.invalid/a.zip')
  process.env.HTTP_PROXY = `http://me@127.0.0.1:${proxy.port}`
  await proxyFetch('http://a.example.invalid/a.zip')
  expect(proxy.logins).toEqual([login('me@home:p:w'), login('me:')])
})

test('https goes through a tunnel', async () => {
  const proxy = await proxied(503)
  process.env.HTTPS_PROXY = `http://me:secret@127.0.0.1:${proxy.port}`
  await expect(proxyFetch('https://a.example.invalid/a.zip')).rejects.toMatchObject({
    name: 'ProxyError',
    isLasting: false,
    message: `the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY) does not connect (it answers 503)`,
  })
  expect(proxy.asked).toEqual(['CONNECT a.example.invalid:443'])
})

test.each<[string, number, RegExp]>([
  ['http', 407, /asks for a user name and a password \(407\); write them into HTTP_PROXY, as in/],
  ['https', 407, /asks for a user name and a password \(407\); write them into HTTPS_PROXY, as in/],
  ['https', 403, /\(HTTPS_PROXY\) does not connect \(it answers 403\)$/],
])(
  'a proxy that refuses %s with %d is named, without its password',
  async (scheme, status, why) => {
    const proxy = await proxied(status)
    process.env.HTTP_PROXY = `http://me:secret@127.0.0.1:${proxy.port}`
    process.env.HTTPS_PROXY = process.env.HTTP_PROXY
    const failing = opened(`${scheme}://a.example.invalid/a.zip`, PATIENCE)
    await expect(failing).rejects.toBeInstanceOf(UserError)
    await expect(failing).rejects.toThrow(why)
    await expect(failing).rejects.toThrow(
      `a.example.invalid/a.zip: the proxy 127.0.0.1:${proxy.port}`,
    )
    await expect(failing).rejects.not.toThrow(/secret|me:/)
    expect(proxy.asked).toHaveLength(1)
  },
)

test.each(['http', 'https'])('a proxy that is not there is named (%s)', async scheme => {
  const proxy = await startProxy(1)
  await proxy.close()
  process.env.ALL_PROXY = `http://me:secret@127.0.0.1:${proxy.port}`
  const failing = opened(`${scheme}://a.example.invalid/a.zip`, PATIENCE)
  await expect(failing).rejects.toThrow(
    `the proxy 127.0.0.1:${proxy.port} (ALL_PROXY) cannot be reached (ECONNREFUSED), `,
  )
  await expect(failing).rejects.not.toThrow(/secret/)
})

test.each([
  ['socks5://me:secret@127.0.0.1:1080', /HTTP_PROXY names a proxy of another kind \(socks5\)/],
  ['http://me:secret@[', /HTTP_PROXY is not the URL of a proxy, such as http:\/\/proxy:3128$/],
])('%s is not a proxy that works', async (url, message) => {
  process.env.HTTP_PROXY = url
  const failing = opened('http://a.example.invalid/a.zip', PATIENCE)
  await expect(failing).rejects.toThrow(message)
  await expect(failing).rejects.not.toThrow(/secret/)
})
