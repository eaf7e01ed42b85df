import { appendFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MANIFEST_FILE } from '../../lib/manifest/manifest'
import { formatManifest } from '../../lib/store/checksum.node.ts'
import { currentManifest } from '../../lib/store/current-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'

let tiny: TinyManifest
beforeEach(async () => {
  tiny = await tinyManifest()
})
afterEach(() => tiny.dispose())

const pathOf = (table: string) => join(tiny.dir, tiny.manifest.files[table]?.[0]?.file ?? '')
const json = () => join(tiny.dir, MANIFEST_FILE)

test('a whole manifest is read, with and without its hashes', async () => {
  const folder = await readManifest(tiny.dir)
  expect(folder.manifest).toEqual(tiny.manifest)
  expect(folder.dir).toBe(tiny.dir)
  expect((await readManifest(tiny.dir, { verifyHashes: true })).text).toBe(folder.text)
})

test.each([
  [
    'no folder',
    () => rm(tiny.dir, { recursive: true }).then(() => writeFile(tiny.dir, '')),
    /ENOTDIR/,
  ],
  ['no manifest.json', () => rm(json()), /manifest\.json: not found; point at a folder/],
  ['an empty manifest.json', () => truncate(json(), 0), /not valid JSON/],
  ['a cut manifest.json', () => truncate(json(), 900), /not valid JSON/],
  ['another JSON', () => writeFile(json(), '{}'), /not a samed2d manifest/],
  [
    'another version',
    () => writeFile(json(), JSON.stringify({ ...tiny.manifest, version: 99 })),
    /manifest format 99/,
  ],
  ['a missing file', () => rm(pathOf('images')), /images-[0-9a-f]{16}\.parquet: missing; write/],
  [
    'a longer file',
    () => appendFile(pathOf('masks'), 'x'),
    /masks-.*601 bytes, but manifest\.json lists 600/,
  ],
  ['a cut file', () => truncate(pathOf('masks'), 10), /masks-.*10 bytes/],
])('%s is named', async (_, damage, message) => {
  await damage()
  await expect(readManifest(tiny.dir)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(message),
  })
})

test('a changed byte shows only in the hash', async () => {
  await writeFile(pathOf('labels'), tiny.content('labels').replace('l', 'L'))
  await readManifest(tiny.dir)
  await expect(readManifest(tiny.dir, { verifyHashes: true })).rejects.toThrow(/labels-.*SHA-256/)
})

test('the server reads a manifest once, and again when it has changed', async () => {
  const first = await currentManifest(tiny.dir)
  expect(await currentManifest(tiny.dir)).toBe(first)
  await writeFile(`${json()}.new`, formatManifest({ ...tiny.manifest, name: 'newer' }))
  await rename(`${json()}.new`, json())
  expect((await currentManifest(tiny.dir)).manifest.name).toBe('newer')
})

test('a failure is not kept', async () => {
  await rename(pathOf('images'), `${pathOf('images')}.away`)
  await expect(currentManifest(tiny.dir)).rejects.toThrow(/missing/)
  await rename(`${pathOf('images')}.away`, pathOf('images'))
  expect((await currentManifest(tiny.dir)).manifest.name).toBe('tiny')
})
