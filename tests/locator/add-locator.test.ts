import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { openStore } from '../../lib/images/open-store.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { addLocator } from '../../lib/locator/add-locator.node.ts'
import { allFiles } from '../../lib/manifest/files-of'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { written } from '../archive/temporary-archive'
import { makeRelease, SMALL_RELEASE } from '../fixtures/release'
import type { ZipEntry, ZipOptions } from '../fixtures/zip-writer'

/** Every path of the small release. */
const PATHS = SMALL_RELEASE.index.flatMap(([image, masks]) => [image, ...(masks as string[])])

const entriesOf = (paths: readonly string[], prefix = ''): ZipEntry[] =>
  paths.map(path => ({ name: prefix + path, data: Buffer.from(`content of ${path}`) }))

async function locate(entries: readonly ZipEntry[], options?: ZipOptions) {
  const release = await makeRelease()
  onTestFinished(() => release.remove())
  await ingestRelease(release.indexPath, { out: release.out })
  const location = await written(entries, options)
  const archive = await openArchive(location)
  onTestFinished(() => archive.close())
  const before = await readManifest(release.out)
  const add = () => addLocator(before, archive)
  return { out: release.out, location, before, add }
}

const ALL = { images: 6, masks: 8, imagesWithout: 0, masksWithout: 0, entriesWithout: 0 }

test.each([
  ['a folder of the archive', 'SAMed2Dv1/'],
  ['its top', ''],
])('every picture is found in %s, and the manifest stays sound', async (_, prefix) => {
  const { out, before, add } = await locate(entriesOf(PATHS, prefix), { partBytes: [700] })
  expect(await add()).toEqual({
    ...ALL,
    ambiguous: 0,
    pictures: 14,
    unusable: 0,
    firstUnusable: null,
  })
  const { manifest } = await readManifest(out, { verifyHashes: true })
  expect(manifest.archive?.prefix).toBe(prefix)
  // The same rows, so the same id.
  expect(manifest.id).toBe(before.manifest.id)
  expect((await readdir(out)).toSorted()).toEqual(
    ['manifest.json', ...allFiles(manifest).map(({ file }) => file)].toSorted(),
  )
  const { findings } = await verifyManifest(out)
  expect(findings.filter(({ problem }) => problem)).toEqual([])
})

test('what has no counterpart, is there twice or must not be used is counted', async () => {
  const [first, second, ...others] = PATHS
  const { add } = await locate([
    ...entriesOf(others, 'r/'),
    ...entriesOf([first ?? '', first ?? ''], 'r/'),
    ...entriesOf(['images/ct_00--BTCV--other--x_0001.png', 'SAMed2D_v1.json'], 'r/'),
    { name: 'r/images/link.png', mode: 0o120777, data: Buffer.from('x') },
    ...entriesOf([second ?? ''], 'other/'),
  ])
  expect(await add()).toEqual({
    images: 5,
    masks: 7,
    imagesWithout: 1,
    masksWithout: 1,
    entriesWithout: 1,
    ambiguous: 1,
    pictures: 15,
    unusable: 1,
    firstUnusable: 'r/images/link.png: is a symbolic link or special file',
  })
})

test('an archive of another release is refused, and the manifest is as it was', async () => {
  const { out, before, add } = await locate(entriesOf(['images/ct_00--A--b--x_0001.png']))
  await expect(add()).rejects.toThrow(/none of its 1 pictures is in the manifest/)
  expect((await readManifest(out)).text).toBe(before.text)
  expect((await readdir(join(out, '..'))).filter(name => name.includes('partial'))).toEqual([])
})

test('an archive that was exchanged is refused by the store', async () => {
  const { out, add } = await locate(entriesOf(PATHS))
  await add()
  const other = await written(entriesOf(PATHS.slice(1)))
  await expect(openStore(await readManifest(out), other)).rejects.toThrow(
    /when the manifest was written|not the archive that the manifest was built from/,
  )
})

test('without a locator the store says which command writes one', async () => {
  const { out, location } = await locate(entriesOf(PATHS))
  await expect(openStore(await readManifest(out), location)).rejects.toThrow(
    `the manifest has no locator; start with npx samed2d serve --manifest ${out} --images ${location}, which writes one`,
  )
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written is said', async () => {
  const { out, add } = await locate(entriesOf(PATHS))
  const parent = join(out, '..')
  const { mode } = await stat(parent)
  await chmod(parent, 0o555)
  onTestFinished(() => chmod(parent, mode))
  await expect(add()).rejects.toThrow(
    /cannot be written, and the manifest has no locator of .* yet; copy/,
  )
})
