import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentPictures } from '../../../lib/images/serve/current-pictures.node.ts'
import { ingestRelease } from '../../../lib/ingest/ingest.node.ts'
import { readManifest } from '../../../lib/store/read-manifest.node.ts'
import { makeRelease, SMALL_RELEASE, type TemporaryRelease } from '../../fixtures/release'

let release: TemporaryRelease
let pictures: ReturnType<typeof currentPictures>
beforeAll(async () => {
  release = await makeRelease()
  await ingestRelease(release.indexPath, { out: release.out })
  pictures = currentPictures(() => readManifest(release.out), 'none', null)
})
afterAll(async () => {
  await (await pictures()).close()
  await release.remove()
})

test('requests that come together share one service; another manifest gets another', async () => {
  const services = await Promise.all(Array.from({ length: 50 }, () => pictures()))
  expect(new Set(services).size).toBe(1)
  expect(await pictures()).toBe(services[0])
  const { classMap, index } = SMALL_RELEASE
  const smaller = await makeRelease({ classMap, index: index.slice(1) })
  try {
    await ingestRelease(smaller.indexPath, { out: release.out })
    const other = await pictures()
    expect(other.version).not.toBe(services[0]?.version)
  } finally {
    await smaller.remove()
  }
})
