import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CacheFiles, DiskCache } from '../../../lib/images/serve/disk-cache.node.ts'
import { IMAGE, openCache, pictures } from '../picture-release'
import { greyPng } from '../png'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-cache-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const content = Buffer.from('a picture')

async function onlyFile(): Promise<string> {
  const [folder] = await readdir(dir)
  const [name] = await readdir(join(dir, folder ?? ''))
  return join(dir, folder ?? '', name ?? '')
}

test('what was put is found again, by another process too', async () => {
  const cache = await DiskCache.open(dir, 1000)
  expect(await cache.get('key')).toBeNull()
  await cache.put('key', content)
  expect(await cache.get('key')).toEqual(content)
  const other = await DiskCache.open(dir, 1000)
  expect(await other.get('key')).toEqual(content)
  expect(other.counts).toMatchObject({ files: 1, bytes: 41, hits: 1, misses: 0 })
})

test.each([
  ['cut off', (path: string) => truncate(path, 35)],
  ['emptied', (path: string) => truncate(path, 0)],
  ['overwritten', (path: string) => writeFile(path, 'something else of a length that is enough')],
  [
    'changed by a bit',
    async (path: string) => {
      const bytes = await readFile(path)
      bytes[40] = (bytes[40] ?? 0) ^ 1
      await writeFile(path, bytes)
    },
  ],
])('a file that was %s is a miss, and made anew', async (_, damage) => {
  const cache = await DiskCache.open(dir, 1000)
  await cache.put('key', content)
  await damage(await onlyFile())
  expect(await cache.get('key')).toBeNull()
  expect(cache.counts).toMatchObject({ files: 0, bytes: 0, damaged: 1 })
  await cache.put('key', content)
  expect(await cache.get('key')).toEqual(content)
})

test('the least recently used go when there is no room', async () => {
  const cache = await DiskCache.open(dir, 100)
  await cache.put('a', content)
  await cache.put('b', content)
  await cache.get('a')
  await cache.put('c', content)
  expect(await cache.get('b')).toBeNull()
  expect(await cache.get('a')).toEqual(content)
  expect(await cache.get('c')).toEqual(content)
  expect(cache.counts.bytes).toBe(82)
  // The order is that of the files' times after a restart.
  const [a, c] = ['a', 'c']
  const other = await DiskCache.open(dir, 60)
  expect([await other.get(a), await other.get(c)].filter(Boolean)).toHaveLength(1)
})

test('a full disk is counted, leaves nothing behind, and stops nothing', async () => {
  const disk: CacheFiles = {
    mkdir,
    readdir,
    readFile,
    rename,
    rm,
    stat,
    utimes,
    writeFile: (async (path, bytes) => {
      await writeFile(path, (bytes as Buffer).subarray(0, 10))
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    }) as typeof writeFile,
  }
  const cache = await DiskCache.open(dir, 1000, disk)
  await cache.put('key', content)
  expect(cache.counts).toMatchObject({ files: 0, unwritten: 1 })
  const [folder] = await readdir(dir)
  expect(await readdir(join(dir, folder ?? ''))).toEqual([])
  const { get, service } = await pictures(
    { [IMAGE]: greyPng(8, 8) },
    { cache: folder => DiskCache.open(folder, 1000, disk) },
  )
  expect((await get('0?masks=none')).status).toBe(200)
  expect(service.status.cache?.unwritten).toBe(1)
})

test('what a killed process left half written is removed, once it is old', async () => {
  await mkdir(join(dir, 'ab'))
  const [old, young] = ['0a', '0b'].map(end => join(dir, 'ab', `ab.partial-${end}`)) as [
    string,
    string,
  ]
  await writeFile(old, 'x')
  await writeFile(young, 'x')
  await utimes(old, 0, 0)
  await DiskCache.open(dir, 1000)
  expect(await readdir(join(dir, 'ab'))).toEqual(['ab.partial-0b'])
})

test('a picture comes out of the cache, and a damaged one is drawn anew', async () => {
  const { get, service, release } = await pictures({ [IMAGE]: greyPng(8, 8) }, { cache: openCache })
  const first = await get('0?masks=none')
  const second = await get('0?masks=none')
  expect(second.body).toEqual(first.body)
  expect(service.status).toMatchObject({ drawn: 1, cache: { hits: 1, files: 1 } })
  await rm(dir, { recursive: true })
  dir = join(release.out, '..', 'cache')
  await truncate(await onlyFile(), 40)
  expect((await get('0?masks=none')).body).toEqual(first.body)
  expect(service.status).toMatchObject({ drawn: 2, cache: { damaged: 1, files: 1 } })
})
