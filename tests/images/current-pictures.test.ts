import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentPictures } from '../../lib/images/current-pictures.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { makeRelease, SMALL_RELEASE, type TemporaryRelease } from '../fixtures/release'

let release: TemporaryRelease
const before = { ...process.env }
beforeAll(async () => {
  release = await makeRelease()
  await ingestRelease(release.indexPath, { out: release.out })
  process.env.SAMED2D_MANIFEST = release.out
  process.env.SAMED2D_IMAGES = 'none'
  process.env.SAMED2D_IMAGE_CACHE_BYTES = '0'
})
afterAll(async () => {
  await (await currentPictures()).close()
  process.env = before
  await release.remove()
})

test('requests that come together share one service; another manifest gets another', async () => {
  const services = await Promise.all(Array.from({ length: 50 }, () => currentPictures()))
  expect(new Set(services).size).toBe(1)
  expect(await currentPictures()).toBe(services[0])
  const { classMap, index } = SMALL_RELEASE
  const smaller = await makeRelease({ classMap, index: index.slice(1) })
  try {
    await ingestRelease(smaller.indexPath, { out: release.out })
    const other = await currentPictures()
    expect(other.version).not.toBe(services[0]?.version)
  } finally {
    await smaller.remove()
  }
})
