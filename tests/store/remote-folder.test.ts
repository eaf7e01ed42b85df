import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { main } from '../../cli/main'
import { openImageRows } from '../../lib/images/image-rows.node.ts'
import { allFiles, filesOf } from '../../lib/manifest/files-of'
import { sql } from '../../lib/sql'
import { askHost } from '../../lib/store/check-host.node.ts'
import { currentManifest } from '../../lib/store/current-manifest.node.ts'
import type { ManifestCache } from '../../lib/store/manifest-cache.node.ts'
import { openFolder } from '../../lib/store/open-manifest.node.ts'
import { folderUrl, readRemote } from '../../lib/store/remote-folder.node.ts'
import { answerManifestFile } from '../../lib/store/serve-file.node.ts'
import { writeManifest } from '../../lib/store/write-manifest.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'
import { fakeEffects } from '../cli/fake-effects'
import { type Fault, type ScriptedRequest, startRangeServer } from '../fixtures/range-server'
import { tinyStaging } from '../tiny-staging'

type Script = (request: ScriptedRequest) => Fault | undefined

/** A manifest on a host of its own, under /data/; and where parts of it are kept here. */
async function hosted(script: Script = () => undefined, partition = false) {
  const { staging, out } = await tinyStaging()
  onTestFinished(() => staging.dispose())
  const options = { name: 'tiny', source: 'a test', simulated: true, partition }
  const manifest = await writeManifest(staging, { out, ...options })
  const files: Record<string, Buffer> = {}
  for (const name of await readdir(out)) files[`/data/${name}`] = await readFile(join(out, name))
  // A plain GET gets the whole file, unless the script says otherwise.
  const server = await startRangeServer(files, request => ({
    ...(request.headers.range === undefined && { isWhole: true }),
    ...script(request),
  }))
  onTestFinished(() => server.close())
  const cache: ManifestCache = { dir: await temporaryFolder(), maxBytes: 1e8 }
  const asked = () => server.requests.map(({ path }) => path.replace('/data/', ''))
  return { manifest, files, server, cache, asked, url: `${server.url}/data/` }
}

test('only the files of tables that are asked for are fetched, once', async () => {
  const { url, cache, manifest, asked } = await hosted(undefined, true)
  const { folder } = await readRemote(url, null, cache)
  expect(folder.manifest).toEqual(manifest)
  expect(asked()).toEqual(['manifest.json'])
  const progress: [number, number][] = []
  await folder.fetchTables?.(['images'], (done, total) => progress.push([done, total]))
  const images = filesOf(manifest, 'images')
  expect(images.length).toBeGreaterThan(2)
  expect(asked().slice(1).sort()).toEqual(images.map(({ file }) => file).sort())
  const bytes = images.reduce((sum, file) => sum + file.bytes, 0)
  expect(progress.at(-1)).toEqual([bytes, bytes])

  const rows = await openImageRows(folder)
  onTestFinished(() => rows.close())
  expect((await rows.find(7, true))?.masks).toHaveLength(2)
  const before = asked().length
  const { engine } = await openFolder(folder, ['images', 'masks'])
  onTestFinished(() => engine.close())
  expect(await engine.rows(sql`SELECT count(*)::DOUBLE AS n FROM images`)).toEqual([{ n: 8 }])
  expect(asked()).toHaveLength(before)
})

test('a file is shared by requests that come together, and kept for the next process', async () => {
  const { url, cache, manifest, asked } = await hosted()
  const { folder } = await readRemote(url, null, cache)
  await Promise.all([1, 2, 3].map(() => folder.fetchTables?.(['masks'])))
  const [{ file } = { file: '' }] = filesOf(manifest, 'masks')
  expect(asked().filter(name => name === file)).toHaveLength(1)
  const again = await readRemote(`${url}manifest.json`, null, cache)
  expect(again.folder.dir).toBe(folder.dir)
  await again.folder.fetchTables?.(['masks'])
  expect(asked().filter(name => name === file)).toHaveLength(1)
  // What lies there damaged is fetched anew.
  await writeFile(join(folder.dir, file), 'x')
  await again.folder.fetchTables?.(['masks'])
  expect(asked().filter(name => name === file)).toHaveLength(2)
  expect((await readdir(folder.dir)).sort()).toEqual(['manifest.json', file].sort())
})

test('a connection that breaks is tried again; a file that is another one is refused by name', async () => {
  let faults = 2
  const cut = await hosted(({ path }) =>
    path.includes('labels') && faults-- > 0 ? { isWhole: false, ends: 'cut', bytes: 5 } : undefined,
  )
  const { folder } = await readRemote(cut.url, null, cut.cache)
  await folder.fetchTables?.(['labels'])

  const other = await hosted(({ path }) =>
    path.includes('labels') ? { file: Buffer.from('not Parquet') } : undefined,
  )
  const read = await readRemote(other.url, null, other.cache)
  const [{ file } = { file: '' }] = filesOf(other.manifest, 'labels')
  const fetching = read.folder.fetchTables?.(['labels'])
  await expect(fetching).rejects.toThrow(`${other.url}${file}: `)
  expect((await readdir(read.folder.dir)).sort()).toEqual(['manifest.json'])
})

test.each([
  [{ status: 404 }, /manifest\.json: the host answered 404; check the URL/],
  [{ status: 403 }, /manifest\.json: the host answered 403/],
  [{ file: Buffer.from('<html>') }, /manifest\.json: not valid JSON/],
] as const)('%o in place of manifest.json is said', async (fault, message) => {
  const { url, cache } = await hosted(() => fault as Fault)
  await expect(readRemote(url, null, cache)).rejects.toThrow(message)
})

test('a manifest.json that has not changed is not read again', async () => {
  const { url, cache, server } = await hosted(({ headers }) =>
    headers['if-none-match'] === '"first"' ? { status: 304 } : undefined,
  )
  const first = await readRemote(url, null, cache)
  const second = await readRemote(url, first, cache)
  expect(second).toBe(first)
  expect(server.requests).toHaveLength(2)
})

test('the cache holds no more than it may: others go first, then it says so', async () => {
  const a = await hosted()
  const first = await readRemote(a.url, null, a.cache)
  await first.folder.fetchTables?.(['images', 'masks'])
  const bytes = allFiles(a.manifest).reduce((sum, file) => sum + file.bytes, 0)
  const json = Buffer.byteLength(first.folder.text)
  const b = await hosted()
  const cache = { dir: a.cache.dir, maxBytes: bytes + json }
  const second = await readRemote(b.url, null, cache)
  await second.folder.fetchTables?.(Object.keys(b.manifest.files) as 'images'[])
  expect(await readdir(cache.dir)).toHaveLength(1)
  const small = await readRemote(a.url, null, { ...cache, maxBytes: 500 })
  await expect(small.folder.fetchTables?.(['masks'])).rejects.toThrow(
    /needs .* of cache, but the limit is 500 B; increase SAMED2D_MANIFEST_CACHE_BYTES/,
  )
})

test('the server answers for a file that lies elsewhere with its address', async () => {
  const { url, cache, manifest } = await hosted()
  const { folder } = await readRemote(url, null, cache)
  const [{ file } = { file: '' }] = allFiles(manifest)
  const { status, headers } = answerManifestFile(folder, file, new Headers())
  expect([status, headers.Location]).toEqual([307, url + file])
  expect(answerManifestFile(folder, '../x.parquet', new Headers()).status).toBe(404)
  expect(answerManifestFile(folder, 'manifest.json', new Headers()).body).toBe(folder.text)
})

test('the shown manifest outlives a host that is away', async () => {
  const { url, cache, server } = await hosted()
  process.env.SAMED2D_MANIFEST_CACHE = cache.dir
  onTestFinished(() => {
    delete process.env.SAMED2D_MANIFEST_CACHE
  })
  const first = await currentManifest(url)
  expect(await currentManifest(url)).toBe(first)
  expect(server.requests).toHaveLength(1)
  await server.close()
  const later = performance.now() + 60_000
  const clock = vi.spyOn(performance, 'now').mockReturnValue(later)
  onTestFinished(() => clock.mockRestore())
  expect(await currentManifest(url)).toBe(first)
})

test('what a host lets pages do is asked as a page would', async () => {
  const page = 'http://127.0.0.1:3000'
  const bare = await hosted()
  const [{ file } = { file: '' }] = allFiles(bare.manifest)
  expect(await askHost(bare.url + file, page)).toEqual({ allowsPages: false, answersRanges: true })
  const open = await hosted(() => ({ headers: { 'access-control-allow-origin': '*' } }))
  expect(await askHost(open.url + file, page)).toEqual({ allowsPages: true, answersRanges: true })
  const whole = await hosted(() => ({
    isWhole: true,
    headers: { 'access-control-allow-origin': 'http://other' },
  }))
  expect(await askHost(whole.url + file, page)).toEqual({
    allowsPages: false,
    answersRanges: false,
  })
})

test.each([
  ['https://a.org/x', 'https://a.org/x/'],
  ['https://a.org/x/', 'https://a.org/x/'],
  ['https://a.org/x/manifest.json', 'https://a.org/x/'],
  ['http://a.org', 'http://a.org/'],
])('%s is the folder %s', (text, url) => {
  expect(folderUrl(text)).toBe(url)
})

test.each(['https://a.org/x?token=1', 'https://u:p@a.org/x', 'https://a.org/#x', 'http://'])(
  '%s is not a plain URL',
  text => {
    expect(() => folderUrl(text)).toThrow(/give the plain URL of a manifest's folder/)
  },
)

test('other commands say that they read folders', async () => {
  const effects = fakeEffects()
  expect(await main(['verify', '--manifest', 'https://a.org/x'], effects)).toBe(2)
  expect(effects.lines.at(-1)).toMatch(/only the command serve reads a manifest from a URL/)
})
