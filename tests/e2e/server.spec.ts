import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { expect } from '@playwright/test'
import { ENGINE_URLS } from '../../lib/engine/assets'
import { parseManifest } from '../../lib/manifest/manifest'
import { traversalNames } from '../traversal-names'
import { test } from './live-page'

test('every answer carries the security headers', async ({ request }) => {
  for (const path of ['/', '/no-such-page', '/manifest/manifest.json', ENGINE_URLS.duckdbWorker]) {
    const headers = (await request.get(path)).headers()
    expect(headers['content-security-policy'], path).toContain(
      "default-src 'self'; script-src 'self' ",
    )
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['x-frame-options'], path).toBe('DENY')
    expect(headers['cross-origin-opener-policy'], path).toBe('same-origin')
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
})

test('the policy of a page allows its own inline scripts, by their hashes, and no others', async ({
  request,
}) => {
  for (const path of ['/', '/labels/nonsense', '/no-such-page']) {
    const response = await request.get(path)
    const policy = response.headers()['content-security-policy'] ?? ''
    const [, sources = ''] = /script-src ([^;]*);/.exec(policy) ?? []
    const scripts = [...(await response.text()).matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
    const inline = scripts.filter(
      ([, attributes = '']) => !/src=|application\/json/.test(attributes),
    )
    expect(inline.length).toBeGreaterThan(1)
    const hashes = inline.map(
      ([, , text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    )
    expect(sources.split(' ').sort()).toEqual(
      [...new Set(["'self'", "'wasm-unsafe-eval'", ...hashes])].sort(),
    )
  }
})

test('engine files travel compressed, with their length', async ({ request }) => {
  const response = await request.head(ENGINE_URLS.duckdbWasm, {
    headers: { 'accept-encoding': 'gzip, br' },
  })
  expect(response.headers()).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/wasm',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: expect.stringContaining('Accept-Encoding'),
  })
  expect(Number(response.headers()['content-length'])).toBeLessThan(8_000_000)
})

const imagesFile = (text: string) => parseManifest(text, 'manifest.json').files.images![0]!

test('the manifest’s files answer ranges, and are not sent twice', async ({ request }) => {
  const text = await (await request.get('/manifest/manifest.json')).text()
  const { file, bytes } = imagesFile(text)
  const head = await request.head(`/manifest/${file}`)
  expect(head.headers()['content-length']).toBe(String(bytes))
  const tail = await request.get(`/manifest/${file}`, { headers: { range: 'bytes=-4' } })
  expect(tail.status()).toBe(206)
  expect(tail.headers()['content-range']).toBe(`bytes ${bytes - 4}-${bytes - 1}/${bytes}`)
  expect(await tail.text()).toBe('PAR1')
  const past = await request.get(`/manifest/${file}`, { headers: { range: `bytes=${bytes}-` } })
  expect(past.status()).toBe(416)
  const tag = head.headers().etag ?? ''
  const again = await request.get(`/manifest/${file}`, { headers: { 'if-none-match': tag } })
  expect(again.status()).toBe(304)
})

test('no way of writing a path leads out of the manifest', async ({ request, baseURL }) => {
  const text = await (await request.get('/manifest/manifest.json')).text()
  const { file } = imagesFile(text)
  const allowed = [text.slice(0, 40), 'PAR1', '<!DOCTYPE html>']
  const found = []
  for (const folder of ['manifest', 'engine'])
    for (const name of traversalNames(file)) {
      const { status, body } = await rawGet(
        Number(new URL(baseURL ?? '').port),
        `/${folder}/${name}`,
      )
      // Some are other spellings of the very file, or of a page: those may be had.
      if (status === 200 && !allowed.some(start => body.startsWith(start))) found.push(name)
    }
  expect(found).toEqual([])
})

/** A GET with the path as it is: no client tidies it up. */
function rawGet(port: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = answer.split('\r\n\r\n')
      // A chunked body begins with its length.
      const body = rest.join('\r\n\r\n').replace(/^[0-9a-f]+\r\n/, '')
      resolve({ status: Number(head.split(' ')[1]), body })
    })
    socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
  })
}
