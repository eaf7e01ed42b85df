import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../lib/sql'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { parseRecipe, recipeText } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { openSubset } from '../../lib/subset/write-subset.node.ts'
import type { FetchRelease } from './fetch/fetch-release'
import { overlappingRelease } from './overlapping-release'

let release: FetchRelease
let opened: OpenManifest
beforeAll(async () => {
  release = await overlappingRelease()
  opened = await openManifest(release.manifest)
})
afterAll(async () => {
  opened?.engine.close()
  await release?.remove()
})

/** Links of version 1, and what the version that knew no other wrote: images of each split, hash of the rows. */
const OLD = [
  ['add=&split=0.6,0.2,0.2', '102,22,23', '49958b3578657815'],
  ['add=&split=0.8,0.1,0.1&seed=7&stratify=label', '120,14,13', 'ee574381dca769ae'],
  ['add=&split=0.5,0,0.5&stratify=none&families=0', '73,0,74', '5b1600a0f2ce2806'],
  ['add=&split=40,20,20', '49,20,13', '7d57f955402f8e87'],
  ['add=&split=60,9,rest&families=0&seed=3', '60,8,79', 'f18b8ddfe804822b'],
  ['add=&split=0.6,0.2,0.2&by=image', '88,29,30', 'f138ea7e0c84ccde'],
  ['add=&split=30,20,10&by=image&seed=5', '30,20,10', 'c43008b09bceef3f'],
  ['add=dataset%3D!ACDC&sample=case:3&split=0.6,0.2,0.2', '80,8,8', '5e03e72aac60fb7d'],
] as const

async function rowsOf(query: string) {
  const recipe = readRecipe(query)
  expect(recipe.version).toBe(1)
  const subset = await openSubset(opened, parseRecipe(recipeText(recipe), 'x'))
  let text = ''
  for await (const piece of subset.text('jsonl')) text += piece
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const { path, split } = JSON.parse(line)
      return `${split} ${path}\n`
    })
  const sizes = ['train', 'val', 'test'].map(
    name => rows.filter(row => row.startsWith(`${name} `)).length,
  )
  const hash = createHash('sha256').update(rows.sort().join('')).digest('hex').slice(0, 16)
  return { sizes: sizes.join(), hash, split: subset.split }
}

test.each(OLD)('%s gives its old rows', async (query, sizes, hash) => {
  const rows = await rowsOf(query)
  expect([rows.sizes, rows.hash]).toEqual([sizes, hash])
})

test('of "all of" in version 1, each value is met by a mask that passes the other mask facets', async () => {
  const imagesOf = async (version: 1 | 2, where: string) => {
    const text = JSON.stringify({
      format: 'samed2d-subset',
      version,
      steps: [{ op: 'add', where }],
    })
    await openSubset(opened, parseRecipe(text, 'x'))
    const rows = await opened.engine.rows<{ image_id: number }>(
      sql`SELECT image_id FROM subset_images ORDER BY image_id`,
    )
    return rows.map(({ image_id }) => image_id)
  }
  const where = (all: string) => `label.all=${all}&organ=Liver,Kidney&lesion=0`
  const both = await imagesOf(1, where('liver,kidney'))
  const [liver, kidney] = [await imagesOf(1, where('liver')), await imagesOf(1, where('kidney'))]
  expect(both).toEqual(liver.filter(id => kidney.includes(id)))
  expect(await imagesOf(1, 'label.all=liver,kidney&organ=Liver')).toEqual([])
  expect(await imagesOf(2, 'label.all=liver,kidney&organ=Liver')).toEqual(
    await imagesOf(2, 'label.all=liver,kidney'),
  )
  expect((await imagesOf(2, 'label.all=liver,kidney')).length).toBeGreaterThan(5)
})

test('an old link says that it may split patients, unless it splits images anyway', async () => {
  const { split } = await rowsOf('add=&split=0.6,0.2,0.2')
  expect(split?.algorithm).toBe('version-1')
  expect(split?.warnings[0]).toContain('a patient may be in several splits')
  const byImage = await rowsOf('add=&split=0.6,0.2,0.2&by=image')
  expect(byImage.split?.warnings.join()).not.toContain('version 1')
})
