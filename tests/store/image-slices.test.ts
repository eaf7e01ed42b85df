import { afterEach, expect, test } from 'vitest'
import { visitNames } from '../../lib/locator/visit-names.node.ts'
import { TABLE_NAMES } from '../../lib/manifest/tables'
import { imageSlices } from '../../lib/store/image-slices'
import { writeManifest } from '../../lib/store/write-manifest.node.ts'
import { randomRelease } from '../random-release'
import { tinyStaging } from '../tiny-staging'

const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const dispose of cleanUp.splice(0)) await dispose()
})

const DERIVED = [...TABLE_NAMES, 'duplicates'] as const

/** All rows of all tables of a random release, in their order. */
async function tablesOf(seed: number, sliceImages?: number) {
  const { staging } = await randomRelease(seed, 400, sliceImages)
  cleanUp.push(staging.dispose)
  const tables: Record<string, readonly object[]> = {}
  for (const table of DERIVED)
    tables[table] = await staging.engine.rows({ text: `FROM ${table}`, params: [] })
  return tables
}

test.each([1, 2])('release %i: slices of any size make the same tables', async seed => {
  const whole = await tablesOf(seed)
  for (const table of ['images', 'masks', 'label_sets', 'cube_images', 'cube_labels', 'duplicates'])
    expect(whole[table]?.length, table).toBeGreaterThan(0)
  for (const size of [16, 399]) expect(await tablesOf(seed, size)).toEqual(whole)
})

test('names are visited once each, whatever the slices', async () => {
  const { staging, out } = await tinyStaging()
  cleanUp.push(staging.dispose)
  const manifest = await writeManifest(staging, {
    out,
    name: 'tiny',
    source: 'test',
    simulated: true,
  })
  const visit = async (sliceImages?: number) => {
    const names: string[] = []
    await visitNames(
      out,
      manifest,
      {
        image: (hash, id) => names.push(`${id}: ${hash.a} ${hash.b} ${hash.c}`),
        mask: (hash, id, label, instance) =>
          names.push(`${id} ${label} ${instance}: ${hash.a} ${hash.b} ${hash.c}`),
      },
      sliceImages,
    )
    return names.sort()
  }
  const whole = await visit()
  expect(whole).toHaveLength(20)
  for (const size of [1, 3, 7, 8]) expect(await visit(size)).toEqual(whole)
})

test('slices hold every image once, in order', () => {
  expect(imageSlices(0, 3)).toEqual([])
  expect(imageSlices(7, 3).map(({ first, last }) => [first, last])).toEqual([
    [0, 2],
    [3, 5],
    [6, 6],
  ])
  expect(imageSlices(6, 3)[1]).toEqual({
    first: 3,
    last: 5,
    where: 'image_id BETWEEN 3 AND 5',
    nth: 1,
    of: 2,
  })
})
