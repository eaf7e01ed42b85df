import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseManifest } from '../../lib/manifest/manifest'
import { type ManifestFolder, readManifest } from '../../lib/store/read-manifest.node.ts'
import { answerManifestFile } from '../../lib/store/serve-file.node.ts'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { traversalNames } from '../traversal-names'

let tiny: TinyManifest
let folder: ManifestFolder
let images: ManifestFolder['manifest']['files'][string][number]

beforeAll(async () => {
  tiny = await tinyManifest()
  folder = await readManifest(tiny.dir)
  images = tiny.manifest.files.images?.[0] as typeof images
})
afterAll(() => tiny.dispose())

const get = (headers: Record<string, string> = {}, name = images.file) =>
  answerManifestFile(folder, name, new Headers(headers))

async function textOf(headers: Record<string, string>): Promise<string> {
  const { body } = get(headers)
  if (body === null || typeof body === 'string' || body instanceof Uint8Array)
    throw new Error('no file')
  return (await readFile(body.path, 'utf8')).slice(body.start, body.end + 1)
}

test('a listed file goes whole, and is cached for good', async () => {
  const { status, headers, body } = get()
  expect(status).toBe(200)
  expect(headers).toEqual({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Length': '700',
    'Content-Type': 'application/vnd.apache.parquet',
    ETag: `"${images.sha256}"`,
  })
  expect(body).toMatchObject({ path: join(tiny.dir, images.file), start: 0, end: 699 })
  expect(await textOf({})).toBe(tiny.content('images'))
})

test('a range goes as such', async () => {
  const { status, headers } = get({ range: 'bytes=-10' })
  expect(status).toBe(206)
  expect(headers).toMatchObject({ 'Content-Range': 'bytes 690-699/700', 'Content-Length': '10' })
  expect(await textOf({ range: 'bytes=-10' })).toBe(tiny.content('images').slice(-10))
  expect(await textOf({ range: 'bytes=0-6' })).toBe('images ')
})

test('a range past the end is refused with the size', () => {
  const { status, headers } = get({ range: 'bytes=700-' })
  expect(status).toBe(416)
  expect(headers).toMatchObject({ 'Content-Range': 'bytes */700', 'Cache-Control': 'no-store' })
})

test('several ranges, or ranges of another state of the file, get it whole', () => {
  expect(get({ range: 'bytes=0-1,5-6' }).status).toBe(200)
  expect(get({ range: 'bytes=0-1', 'if-range': '"other"' }).status).toBe(200)
  expect(get({ range: 'bytes=0-1', 'if-range': `"${images.sha256}"` }).status).toBe(206)
})

test('what the client has already is not sent again', () => {
  const { status, headers, body } = get({
    'if-none-match': `"${images.sha256}"`,
    range: 'bytes=0-1',
  })
  expect(status).toBe(304)
  expect(body).toBeNull()
  expect(headers.ETag).toBe(`"${images.sha256}"`)
  expect(headers['Content-Length']).toBeUndefined()
})

test('manifest.json is asked for again each time', () => {
  const { status, headers, body } = get({}, 'manifest.json')
  expect(status).toBe(200)
  expect(parseManifest(String(body), 'manifest.json')).toEqual(tiny.manifest)
  expect(headers).toMatchObject({
    'Cache-Control': 'no-cache',
    ETag: `W/"${createHash('sha256').update(folder.text).digest('hex')}"`,
  })
  const again = get({ 'if-none-match': headers.ETag ?? '' }, 'manifest.json')
  expect(again.status).toBe(304)
})

test('a file of an older manifest says what to do', () => {
  const { status, body } = get({}, `images-${'0'.repeat(16)}.parquet`)
  expect(status).toBe(404)
  expect(body).toMatch(/reload the page/)
})

test('no other name ever gets an answer', () => {
  const names = traversalNames(images.file)
  expect(names.length).toBeGreaterThan(300)
  const answered = names.filter(name => get({}, name).status !== 404)
  expect(answered).toEqual([])
})
