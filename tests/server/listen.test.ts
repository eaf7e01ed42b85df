import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isProblem } from '../../lib/first/first-answers'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import type { Manifest } from '../../lib/manifest/manifest'
import { makeApp } from '../../lib/server/app.node.ts'
import { readAppFiles } from '../../lib/server/app-files.node.ts'
import { type Listening, listen } from '../../lib/server/listen.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makeRelease, type TemporaryRelease } from '../fixtures/release'
import { traversalNames } from '../traversal-names'

let release: TemporaryRelease
let manifest: Manifest
let dir: string
let server: Listening
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
  const app = makeApp(
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
function rawGet(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve({ status: Number(answer.split(' ')[1]), body: answer }))
    socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
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
      const isOwn = /overview|gallery|_next\/static\/b\.js/.test(body)
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
