import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BlobReader, ZipReader } from '@zip.js/zip.js'
import { afterEach, expect, test, vi } from 'vitest'
import { downloadZip } from '../../components/subset/zip-download'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'

const STEM = 'ct_00--BTCV--img1--z_000'
const LINES = [1, 2].map(i => ({
  imageId: i,
  path: `images/${STEM}${i}.png`,
  dataset: 'BTCV',
  masks: i === 1 ? [{ path: `masks/${STEM}1--0001_000.png`, label: 'liver', classId: '0001' }] : [],
}))
const PICTURES = [
  '/api/images/1/original.png',
  '/api/images/1/masks/0001_000.png',
  '/api/images/2/original.png',
]

afterEach(() => vi.unstubAllGlobals())

/** A server that answers by path; what it is not told of is a good picture. */
function serve(answers: Record<string, () => Response | Promise<Response>> = {}) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (address: string, { signal }: RequestInit) => {
    signal?.throwIfAborted()
    const [path = ''] = address.split('?')
    asked.push(path)
    const answer = answers[path]
    if (answer) return answer()
    if (path === '/api/images/status') return Response.json({ store: {}, version: 'a' })
    if (path === '/api/subset/jsonl')
      return new Response(LINES.map(line => `${JSON.stringify(line)}\n`).join(''))
    return new Response(`content of ${path}`)
  })
  return asked
}

const run = (signal = new AbortController().signal, seen: unknown[] = []) =>
  downloadZip('add=', { 'credits.md': 'thanks' }, progress => seen.push(progress), signal)

test('the ZIP is a release of its own', async () => {
  const asked = serve()
  const seen: unknown[] = []
  const zip = await run(undefined, seen)
  expect(asked.filter(path => PICTURES.includes(path))).toEqual(PICTURES)
  expect(seen.at(-1)).toMatchObject({ files: 3, total: 3 })
  const entries = await new ZipReader(new BlobReader(zip), { checkSignature: true }).getEntries()
  expect(entries.map(entry => entry.filename)).toContain('SAMed2Dv1/credits.md')
  const dir = await temporaryFolder()
  const path = join(dir, 'subset.zip')
  await writeFile(path, new Uint8Array(await zip.arrayBuffer()))
  const { images, masks, rejects } = await ingestRelease(path, { out: join(dir, 'manifest') })
  expect([images, masks, rejects]).toEqual([2, 1, {}])
})

test('a busy server is asked again; a picture that cannot be had is named, and there is no ZIP', async () => {
  let busy = 1
  serve({
    '/api/images/2/original.png': () =>
      busy-- > 0 ? new Response('', { status: 503 }) : new Response('picture'),
  })
  expect((await run()).size).toBeGreaterThan(0)
  const fault = encodeURI('missing: images/é.png: not in the image folder')
  serve({
    '/api/images/2/original.png': () =>
      new Response('', { status: 404, headers: { 'X-Samed2d-Fault': fault } }),
  })
  await expect(run()).rejects.toThrow(
    `images/${STEM}2.png: could not be read (missing: images/é.png: not in the image folder)`,
  )
})

test('without a store, with another one meanwhile, or cancelled, there is none', async () => {
  serve({ '/api/images/status': () => Response.json({ store: null, version: 'a' }) })
  await expect(run()).rejects.toThrow('The server has no image store')
  let version = 0
  serve({ '/api/images/status': () => Response.json({ store: {}, version: version++ }) })
  await expect(run()).rejects.toThrow('have changed')
  const stop = new AbortController()
  const asked = serve({
    '/api/images/1/original.png': () => {
      stop.abort(new Error('cancelled'))
      return Response.error()
    },
  })
  await expect(run(stop.signal)).rejects.toThrow('cancelled')
  expect(asked.filter(path => path.includes('/original')).length).toBeLessThan(3)
})
