import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measure } from '../../lib/measure/measure.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { greyPng, makePng } from '../images/png'
import { archiveOf, type Files, releaseWith, tablesOf } from './measured-release'

const SPEC: ReleaseSpec = {
  index: [
    listed('ct_00--BTCV--a--z_0001', '0001_000', '0002_000'),
    listed('ct_00--BTCV--b--z_0001', '0001_000'),
    listed('ct_00--BTCV--c--z_0001'),
  ],
  classMap: { BTCV: { liver: '0001', spleen: '0002' } },
}
const A = 'images/ct_00--BTCV--a--z_0001.png'
const B = 'images/ct_00--BTCV--b--z_0001.png'
const A_LIVER = 'masks/ct_00--BTCV--a--z_0001--0001_000.png'
const A_SPLEEN = 'masks/ct_00--BTCV--a--z_0001--0002_000.png'
const B_LIVER = 'masks/ct_00--BTCV--b--z_0001--0001_000.png'

const slope = (x: number, y: number) => x + y
const corner = (x: number, y: number) => (x < 3 && y < 2 ? 255 : 0)

const FILES: Files = {
  [A]: greyPng(9, 7, slope),
  [A_LIVER]: greyPng(9, 7, corner),
  // Of another size than its image.
  [A_SPLEEN]: greyPng(7, 9, corner),
  [B]: greyPng(9, 7, slope),
  [B_LIVER]: greyPng(9, 7, corner),
  'images/ct_00--BTCV--c--z_0001.png': greyPng(9, 7, slope),
}

const problemsOf = async (out: string) =>
  (await verifyManifest(out)).findings.filter(({ problem }) => problem !== null)

/** What a release is measured to be if all of it can be read. */
async function expected(files: Files = FILES) {
  const { dir, out } = await releaseWith(SPEC, files)
  await measure(await readManifest(out), dir)
  return tablesOf(out)
}

/** Move a file or folder to another disk, and leave a link in its place. */
async function moveAway(dir: string, path: string, to: string): Promise<void> {
  const disk = join(dir, '..', to)
  await mkdir(disk, { recursive: true })
  const target = join(disk, path.slice(path.lastIndexOf('/') + 1))
  await rename(join(dir, path), target)
  await symlink(target, join(dir, path))
}

test.each([['images'], ['masks']])('%s/ that is a link to another disk is read', async folder => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await moveAway(dir, folder, 'disk2')
  const { manifest, outside } = await measure(await readManifest(out), dir)
  expect(outside).toBeNull()
  expect(manifest.measured?.notMeasured).toBeUndefined()
  expect(await tablesOf(out)).toEqual(await expected())
})

test('a deeper link is no defect; it is tried again, alone, and then all is as if there were none', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await moveAway(dir, A, 'disk2')
  await moveAway(dir, B_LIVER, 'disk3')
  const first = await measure(await readManifest(out), dir)
  const [disk2, disk3] = ['disk2', 'disk3'].map(name => join(dir, '..', name))
  expect(first.outside).toBe(
    `2 files not measured: links that lead out of the folders that may be read, such as ${A} → ${disk2}/${A.slice(7)}; to read them, add --allow-root ${disk2} --allow-root ${disk3}`,
  )
  const listed = { dataset: 'BTCV', flag: 'not_measured_link', n: 1 }
  expect(first.manifest.measured).toMatchObject({
    quality: [],
    notMeasured: [
      { ...listed, of: 'image' },
      { ...listed, of: 'mask' },
    ],
  })
  expect(await problemsOf(out)).toEqual([])
  const flags = first.manifest.summary.facets.flag ?? []
  expect(flags.filter(({ images }) => images > 0)).toEqual([
    { value: 'none', images: 1, masks: 0 },
    { value: 'not_measured', images: 1, masks: 2 },
    { value: 'mask_not_measured', images: 1, masks: 1 },
  ])
  // Without the other folder the mask stays; of the image, its masks are compared with its size now.
  const allowRoots = [disk2 ?? '']
  const second = await measure(await readManifest(out), dir, { allowRoots, batchImages: 1 })
  expect([second.changed, second.pictures]).toEqual([true, 4])
  expect(second.manifest.measured).toMatchObject({
    quality: [{ of: 'mask', flag: 'wrong_size', n: 1 }],
    notMeasured: [{ of: 'mask', flag: 'not_measured_link', n: 1 }],
  })
  expect(await problemsOf(out)).toEqual([])
  const both = [disk2 ?? '', disk3 ?? '']
  const third = await measure(await readManifest(out), dir, { allowRoots: both })
  expect([third.changed, third.pictures, third.outside]).toEqual([true, 1, null])
  expect(await tablesOf(out)).toEqual(await expected())
  expect(third.manifest.measured?.notMeasured).toBeUndefined()
  const fourth = await measure(await readManifest(out), dir, { allowRoots: both })
  expect([fourth.changed, fourth.pictures]).toEqual([false, 0])
})

test('sizes alone are tried again too', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await moveAway(dir, A, 'disk2')
  await measure(await readManifest(out), dir, { sizeOnly: true })
  expect((await tablesOf(out)).images[0]).toMatchObject({ width: null })
  const options = { sizeOnly: true, allowRoots: [join(dir, '..', 'disk2')] }
  const { pictures } = await measure(await readManifest(out), dir, options)
  expect(pictures).toBe(1)
  expect((await tablesOf(out)).images[0]).toMatchObject({ width: 9, height: 7 })
  expect(await problemsOf(out)).toEqual([])
})

test('a folder of links, as the cache of the Hub is, says which folder to allow', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  for (const path of Object.keys(FILES)) await moveAway(dir, path, 'blobs')
  const before = await readManifest(out)
  const blobs = join(dir, '..', 'blobs')
  await expect(measure(before, dir)).rejects.toThrow(
    `none of 6 pictures could be measured; 6 files not measured: links that lead out of the folders that may be read, such as ${A} → ${blobs}/${A.slice(7)}; to read them, add --allow-root ${blobs}`,
  )
  expect((await readManifest(out)).text).toBe(before.text)
  await measure(before, dir, { allowRoots: [blobs] })
  expect(await tablesOf(out)).toEqual(await expected())
})

test('links into many folders: the one that has them all is named', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  for (const [i, path] of [A, B, A_LIVER, B_LIVER].entries())
    await moveAway(dir, path, `annex/${i}/x`)
  const { outside } = await measure(await readManifest(out), dir)
  expect(outside).toMatch(/^4 files not measured: /)
  expect(outside?.endsWith(`add --allow-root ${join(dir, '..', 'annex')}`)).toBe(true)
})

test('a link that leads nowhere is a missing file, an allowed folder that does not exist an error', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await rename(join(dir, A), join(dir, 'other.png'))
  await symlink(join(dir, 'nowhere.png'), join(dir, A))
  await measure(await readManifest(out), dir)
  expect((await tablesOf(out)).quality).toContain('0 missing')
  const options = { again: true, allowRoots: ['/nowhere'] }
  await expect(measure(await readManifest(out), dir, options)).rejects.toThrow(
    '--allow-root /nowhere: not found',
  )
})

/** More pixels than are decoded, in a small file. */
const huge = makePng({
  width: 16_001,
  height: 16_000,
  bitDepth: 1,
  data: new Uint8Array(2001 * 16_000),
})

test.each([['a folder'], ['an archive']])(
  'a picture over the limit in %s is no defect',
  async kind => {
    const files = { ...FILES, [A_LIVER]: huge }
    const release = await releaseWith(SPEC, files)
    const place =
      kind === 'a folder' ? release.dir : await archiveOf(release, files, () => ({}), 1e6)
    const { manifest } = await measure(await readManifest(release.out), place)
    expect(manifest.measured).toMatchObject({
      quality: [{ of: 'mask', flag: 'wrong_size', n: 1 }],
      notMeasured: [{ of: 'mask', flag: 'not_measured_limit', n: 1 }],
    })
    const { masks, quality } = await tablesOf(release.out)
    expect(masks[0]).toEqual({ mask: '0 liver 0', area: null, box: null })
    expect(quality[0]).toMatch(/^0 liver 0 not_measured_limit masks.* at most 256 million pixels/)
    expect(await problemsOf(release.out)).toEqual([])
  },
)

test.each([
  [
    'a link to a disk that is not connected',
    '/nowhere/masks',
    /a link to \/nowhere\/masks, where no folder can be found; connect the disk/,
  ],
  ['a link in a circle', 'masks', /a link to masks, where no folder can be found/],
  [
    'a link to a file',
    'SAMed2D_v1.json',
    /a link to SAMed2D_v1\.json, where no folder can be found/,
  ],
])('masks/ as %s flags no mask, but stops the command', async (_, target, message) => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await rename(join(dir, 'masks'), join(dir, 'elsewhere'))
  await symlink(target, join(dir, 'masks'))
  await expect(measure(await readManifest(out), dir)).rejects.toThrow(message)
  expect((await readManifest(out)).manifest.measured).toBeFalsy()
})

test('masks that is a file stops the command', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await rename(join(dir, 'masks'), join(dir, 'elsewhere'))
  await writeFile(join(dir, 'masks'), '')
  await expect(measure(await readManifest(out), dir)).rejects.toThrow(/masks: not a folder/)
})
