import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isProblem } from '../../lib/first/first-answers'
import { securityHeaders } from '../../lib/http/security-headers'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import type { Manifest } from '../../lib/manifest/manifest'
import { type App, makeApp } from '../../lib/server/app.node.ts'
import { readAppFiles } from '../../lib/server/app-files.node.ts'
import { type Listening, listen } from '../../lib/server/listen.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makeRelease, type TemporaryRelease } from '../fixtures/release'
import { traversalNames } from '../traversal-names'

let release: TemporaryRelease
let manifest: Manifest
let dir: string
let server: Listening
let app: App
const logged: string[] = []

const shell = (
  name: string,
) => `<html data-state="summary"><title>__title__</title>${name}<i>__first_paint__</i><script>self.x=1</script>
<script id="first-answers" type="application/json">__first_answers__</script>${' '.repeat(1000)}</html>`

beforeAll(async () => {
  release = await makeRelease()
  await ingestRelease(release.indexPath, { out: release.out })
  manifest = (await readManifest(release.out)).manifest
  dir = await mkdtemp(join(tmpdir(), 'samed2d-server-'))
  const files: Record<string, string> = {
    'index.html': shell('overview'),
    'gallery.html': shell('gallery'),
    'gallery.txt': '{"page":"gallery"}',
    '404.html': shell('no page'),
    'labels/__name__.html': shell('label'),
    'labels/__name__.txt': '{"label":"__name__","title":"__title__"}',
    '_next/static/a.js': `import "/__base__/_next/static/b.js";${'x'.repeat(2000)}`,
    'secret.ts': 'source',
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(dir, path, '..'), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  app = makeApp(
    {
      manifest: release.out,
      images: 'none',
      connect: ['https://data.example.org'],
      pictureCache: null,
      place: { samed2d: 'npx samed2d', manifest: 'manifests/release' },
      engineDir: dir,
    },
    await readAppFiles(dir),
    (first, { path, query }) =>
      isProblem(first)
        ? first.problem
        : `${path} ${query} ${first.filtered?.counts.totals.images ?? '-'}`,
  )
  server = await listen(app, { port: 0, host: '127.0.0.1' }, line => logged.push(line))
})
afterAll(async () => {
  await server.close()
  await release.remove()
  await rm(dir, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** A request with the path exactly as it is. */
function ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port: server.port, host: '127.0.0.1', path, method, headers },
      answer => {
        const pieces: Buffer[] = []
        answer.on('data', piece => pieces.push(piece))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(pieces),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A GET with the path as it is: no client tidies it up. */
const rawGet = (path: string) =>
  raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)

/** Bytes sent as they are; the body has the head of the answer too. */
function raw(sent: string, port = server.port): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve({ status: Number(answer.split(' ')[1]), body: answer }))
    // Not ended: the server drops the answer to a client that closes its side.
    socket.write(sent)
  })
}

test('a page is filled, painted for its own filter, and says so to no cache', async () => {
  const { status, headers, body } = await ask('/?modality=CT')
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  const text = body.toString()
  expect(text).toContain('overview<i>/ modality=CT ')
  expect(text).not.toMatch(/__(title|first_paint|first_answers|name|base)__/)
  const counted = Number(/<i>\/ modality=CT (\d+)<\/i>/.exec(text)?.[1])
  const json = JSON.parse(/application\/json">(.*?)<\/script>/s.exec(text)?.[1] ?? '')
  const listed = json.manifest.summary.facets.modality.find(
    (row: { value: string }) => row.value === 'CT',
  )
  expect(counted).toBe(listed.images)
  expect((await ask('/')).body.toString()).toContain('<i>/  -</i>')
})

test('the policy allows the inline script of the page and no other', async () => {
  const policy = String((await ask('/')).headers['content-security-policy'])
  const script = policy.split('; ').find(part => part.startsWith('script-src'))
  expect(script).toMatch(/^script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]{44}'$/)
  expect(policy).toContain("connect-src 'self' https://data.example.org;")
})

test('names have pages: those that the manifest lacks with status 404', async () => {
  const known = manifest.summary.facets.label?.[0]?.value ?? ''
  expect((await ask(`/labels/${encodeURIComponent(known)}`)).status).toBe(200)
  const unknown = await ask('/labels/no%3Csuch%3E')
  expect(unknown.status).toBe(404)
  expect(unknown.body.toString()).toContain(
    '<title>no&lt;such&gt; is not in this manifest</title>label',
  )
  const data = await ask('/labels/no%22such.txt')
  expect(JSON.parse(data.body.toString())).toEqual({
    label: 'no%22such',
    title: 'no"such is not in this manifest',
  })
  expect((await ask('/gallery.txt')).body.toString()).toBe('{"page":"gallery"}')
  const nowhere = await ask('/nowhere')
  expect([nowhere.status, nowhere.body.toString()]).toEqual([
    404,
    expect.stringContaining('no page'),
  ])
})

test('a final slash leads to the page, never to another host', async () => {
  expect((await ask('/gallery/?a=1')).headers.location).toBe('/gallery?a=1')
  expect((await ask('//example.org/')).headers.location).toBe('/example.org')
})

test('scripts are filled, compressed as the client takes it, and cached for good', async () => {
  const plain = await ask('/_next/static/a.js')
  const text = `import "/_next/static/b.js";${'x'.repeat(2000)}`
  expect(plain.body.toString()).toBe(text)
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const br = await ask('/_next/static/a.js', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(brotliDecompressSync(br.body).toString()).toBe(text)
  const gz = await ask('/_next/static/a.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(gunzipSync(gz.body).toString()).toBe(text)
  expect(gz.headers.etag).not.toBe(br.headers.etag)
  const again = await ask('/_next/static/a.js', {
    headers: { 'accept-encoding': 'br', 'if-none-match': String(br.headers.etag) },
  })
  expect([again.status, again.body.length]).toEqual([304, 0])
  const page = await ask('/', { headers: { 'accept-encoding': 'br' } })
  expect(brotliDecompressSync(page.body).toString()).toContain('overview')
  // Sources lie beside the scripts that Next makes of them.
  expect((await ask('/secret.ts')).status).toBe(404)
})

test('no way of writing a path leads out of the folders', async () => {
  for (const folder of ['', 'manifest/', 'engine/', '_next/static/', 'api/images/', 'api/figures/'])
    for (const name of traversalNames('a.js')) {
      const { status, body } = await rawGet(`/${folder}${name}`)
      const isOwn = /overview|gallery|_next\/static\/b\.js|samed2d-manifest/.test(body)
      expect(status !== 200 || isOwn, `/${folder}${name}`).toBe(true)
    }
  expect(logged).toEqual([])
})

test('methods, broken escapes and long bodies are refused, all with the headers', async () => {
  const answers = [
    await ask('/', { method: 'DELETE' }),
    await ask('/gallery', { method: 'POST', body: 'x' }),
    await ask('/manifest/%E0%A4'),
    await ask('/api/nothing'),
    await ask('/api/subset/csv', { method: 'POST', body: 'x'.repeat(2_100_000) }),
    await ask('/manifest/no-such-file'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([405, 405, 400, 404, 413, 404])
  for (const { headers } of answers) expect(headers['x-content-type-options']).toBe('nosniff')
  const head = await ask('/', { method: 'HEAD' })
  expect([head.status, head.body.length]).toEqual([200, 0])
  expect(Number(head.headers['content-length'])).toBeGreaterThan(1000)
})

/** A request whose only odd thing is its host. */
const askedFor = (...lines: string[]) =>
  raw(`GET /manifest/manifest.json HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`)

test('a host that is not ours is refused, whatever is asked for', async () => {
  for (const path of ['/', '/manifest/manifest.json', '/api/images/1', '/gallery/', '/no%E0'])
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask(path, { method, headers: { host: 'evil.example' } })
      expect(status, `${method} ${path}`).toBe(421)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  const { body } = await ask('/', { headers: { host: 'Evil.example:3000' } })
  expect(body.toString()).toBe(
    'This server does not answer for the host evil.example. If it should, start it with --allow-host evil.example.\n',
  )
  expect((await ask('/', { headers: { host: 'a<b>.example' } })).body.toString()).toBe(
    'The request names a host that is not well formed.\n',
  )
})

test('the host of the URL counts, and what a proxy adds does not', async () => {
  expect((await askedFor('Host: 127.0.0.1')).status).toBe(200)
  expect((await askedFor('Host: LOCALHOST.:1')).status).toBe(200)
  expect((await askedFor('Host: 127.0.0.1', 'X-Forwarded-Host: evil.example')).status).toBe(200)
  expect((await askedFor('Host: evil.example', 'X-Forwarded-Host: localhost')).status).toBe(421)
  expect((await askedFor('Host: evil.example', 'Forwarded: host=localhost')).status).toBe(421)
  expect((await askedFor('Host: localhost', 'Host: evil.example')).status).toBe(400)
  expect((await askedFor('X-No-Host: 1')).status).toBe(400)
  const absolute = (url: string, host: string) =>
    raw(`GET ${url} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect((await absolute('http://evil.example/api/images/1', 'localhost')).status).toBe(421)
  expect((await absolute('http://localhost/manifest/x', 'evil.example')).status).toBe(421)
  expect((await absolute('http://u@evil.example/', 'localhost')).status).toBe(421)
  const own = await absolute('http://localhost:3000/manifest/manifest.json', 'localhost:3000')
  expect(own.status).toBe(200)
  expect(own.body).toContain(manifest.id)
  expect((await raw('GET / HTTP/1.0\r\n\r\n')).status).toBe(400)
})

test('names that are allowed are answered for', async () => {
  const other = await listen(
    app,
    { port: 0, host: '127.0.0.1', allowHosts: ['explorer.example.org'] },
    line => logged.push(line),
  )
  const from = (host: string) =>
    raw(`GET /gallery HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, other.port)
  expect((await from('Explorer.Example.org:443')).status).toBe(200)
  expect((await from('example.org')).status).toBe(421)
  await other.close()
})

test.each<[string, string, number]>([
  ['a request that is not HTTP', 'nonsense\r\n\r\n', 400],
  ['two lengths', 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['long headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ['a long URL', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 405],
  ['CONNECT', 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n', 405],
  [
    'a slash too many',
    'GET /gallery/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    308,
  ],
  [
    'broken escapes',
    'GET /manifest/%E0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    400,
  ],
  ['no page', 'GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 404],
  ['another host', 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 421],
  [
    'expectations',
    'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: x\r\nConnection: close\r\n\r\n',
    417,
  ],
])('%s is answered with all security headers', async (_, sent, status) => {
  const answer = await raw(sent)
  expect(answer.status).toBe(status)
  const [head = ''] = answer.body.split('\r\n\r\n')
  for (const [name, value] of Object.entries(securityHeaders(['https://data.example.org'])))
    if (status !== 404 || name !== 'Content-Security-Policy')
      expect(head).toContain(`\r\n${name}: ${value}`)
  expect(head).toMatch(/\r\nContent-Security-Policy: default-src 'self'/)
})

test('no answer names a folder of the server', async () => {
  const paths = [
    '/',
    '/gallery',
    '/nowhere',
    '/api/first',
    '/api/images/status',
    '/api/images/0',
    '/api/images/0/info',
    '/api/images/999999/info',
    '/api/images/0/original.png',
    '/api/figures/datasets.svg',
    '/api/figures/x.svg',
    '/api/subset/count',
    '/api/subset/x',
    '/manifest/manifest.json',
    '/manifest/x',
    '/engine/x',
  ]
  const answers = async () => {
    for (const path of paths) {
      const { headers, body } = await ask(path)
      const all = decodeURIComponent(JSON.stringify(headers)) + body.toString('latin1')
      for (const secret of [release.dir, release.out, tmpdir(), process.cwd()])
        expect(all, path).not.toContain(secret)
    }
  }
  await answers()
  // Now every answer is an error about the manifest.
  const [images] = manifest.files.images ?? []
  const away = join(release.out, 'away')
  await rename(join(release.out, images?.file ?? ''), away)
  await answers()
  await rename(away, join(release.out, images?.file ?? ''))
  await rename(join(release.out, 'manifest.json'), away)
  await answers()
  expect((await ask('/api/images/0')).body.toString()).toMatch(
    /^manifest\/manifest\.json: not found/,
  )
  await rename(away, join(release.out, 'manifest.json'))
})
