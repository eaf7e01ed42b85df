import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ingest } from '../../cli/ingest'
import { UserError } from '../../lib/errors'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { written } from '../archive/temporary-archive'
import { makeRelease, SMALL_RELEASE } from '../fixtures/release'
import { tablesOf } from '../measure/measured-release'
import { fakeEffects } from './fake-effects'

async function release() {
  const made = await makeRelease({ ...SMALL_RELEASE, files: true })
  onTestFinished(() => made.remove())
  return made
}

const PATHS = [
  'SAMed2D_v1.json',
  'SAMed2D_v1_class_mapping_id.json',
  ...SMALL_RELEASE.index.flatMap(([image, masks]) => [image, ...(masks as string[])]),
]

const zipOf = async (dir: string) =>
  written(
    await Promise.all(
      PATHS.map(async path => ({ name: `r/${path}`, data: await readFile(join(dir, path)) })),
    ),
    { partBytes: [1000] },
  )

test.each([
  ['the folder', async (dir: string) => dir],
  ['the archive', zipOf],
])('ingest --measure goes on to the pictures of %s', async (_, sourceOf) => {
  const { dir, out } = await release()
  const effects = fakeEffects()
  await ingest(await sourceOf(dir), { out, measure: true, json: true }, effects)
  // The result is one object all the same; what was measured is said beside it.
  expect(JSON.parse(effects.output())).toMatchObject({ seen: { images: 6, masks: 8 } })
  expect(effects.lines.join('\n')).toMatch(/areas and boxes are measured; 14 pictures/)
  const { images, masks } = await tablesOf(out)
  expect(images.map(({ width, height }) => [width, height])).toEqual(Array(6).fill([1, 1]))
  expect(masks.every(({ area }) => area !== null)).toBe(true)
  expect((await readManifest(out, { verifyHashes: true })).manifest.measured?.what).toBe('pixels')
})

test('an index alone has no pictures: --measure says so before anything is read', async () => {
  const { indexPath, out } = await release()
  await expect(ingest(indexPath, { out, measure: true }, fakeEffects())).rejects.toThrow(
    new UserError(
      `${indexPath}: an index has no pictures to measure; give the release's folder or its archive`,
      2,
    ),
  )
})

test('--dry-run writes nothing', async () => {
  const { dir, out } = await release()
  for (const source of [dir, await zipOf(dir)]) {
    const effects = fakeEffects()
    await ingest(source, { out, dryRun: true, json: true }, effects)
    expect(JSON.parse(effects.output()).indexBytes).toBeGreaterThan(100)
    await expect(readManifest(out)).rejects.toThrow(UserError)
  }
})
