import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENGINE_ASSETS, ENGINE_URLS } from '../../lib/engine/assets'
import { answerEngineAsset } from '../../lib/engine/assets.node.ts'
import packageJson from '../../package.json' with { type: 'json' }

const { file } = ENGINE_ASSETS.duckdbWasm
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  await writeFile(join(dir, `${file}.br`), 'br')
  await writeFile(join(dir, `${file}.gz`), gzipSync('plain wasm'))
})
afterAll(() => rm(dir, { recursive: true }))

const get = (name: string, headers: Record<string, string> = {}) =>
  answerEngineAsset(dir, name, new Headers(headers))

test('names carry the version of the package that is installed', () => {
  const versions: Record<string, string> = packageJson.devDependencies
  for (const asset of Object.values(ENGINE_ASSETS)) {
    expect(asset.version).toBe(versions[asset.package])
    expect(asset.file).toContain(`-${asset.version}.`)
  }
  expect(ENGINE_URLS.duckdbWasm).toBe(`/engine/${file}`)
})

test('WebAssembly goes compressed, and is cached for good', async () => {
  const { status, headers, body } = await get(file, { 'accept-encoding': 'gzip, br' })
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'Content-Type': 'application/wasm',
    'Content-Encoding': 'br',
    'Content-Length': '2',
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  })
  expect(body).toEqual({ path: join(dir, `${file}.br`), size: 2, start: 0, end: 1 })
})

test('a client that takes no encoding gets the file itself; each form has its own tag', async () => {
  const plain = await get(file)
  const zipped = await get(file, { 'accept-encoding': 'gzip' })
  expect(plain.headers['Content-Encoding']).toBeUndefined()
  expect(plain.headers['Content-Length']).toBe('10')
  expect(String(plain.body)).toBe('plain wasm')
  expect(zipped.headers['Content-Encoding']).toBe('gzip')
  expect(zipped.headers.ETag).not.toBe(plain.headers.ETag)
  const again = { 'if-none-match': zipped.headers.ETag ?? '' }
  expect((await get(file, again)).status).toBe(200)
  expect((await get(file, { ...again, 'accept-encoding': 'gzip' })).status).toBe(304)
})

test('other names are not found, and a file that is not prepared says so', async () => {
  for (const name of ['', '..', `${file}.br`, `../wasm-assets/${file}`, 'toString', '__proto__'])
    expect((await get(name)).status).toBe(404)
  const missing = await get(ENGINE_ASSETS.parquetWasm.file)
  expect(missing.status).toBe(503)
  expect(missing.body).toMatch(/npx samed2d serve/)
})
