import * as fs from 'node:fs/promises'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { UserError } from '../../lib/errors'
import { openDirectoryStore } from '../../lib/images/directory-store.node.ts'
import type { ImageRow } from '../../lib/images/image-row'
import { temporaryFolder } from '../archive/temporary-archive'

vi.mock('node:fs/promises', async original => {
  const real = await original<typeof fs>()
  return { ...real, open: vi.fn(real.open) }
})

const row = (slice: number): ImageRow => ({
  imageId: slice,
  modality: 'CT',
  submodality: 'ct_00',
  dataset: 'D',
  caseName: 'c',
  axis: 'z',
  slice,
  width: null,
  height: null,
  masks: [],
})

/** A folder with the images 1, 2 and 3, and what reading the images 0 to 3 gives. */
async function readFour(headBytes?: number) {
  const dir = await temporaryFolder()
  await mkdir(join(dir, 'images'))
  for (const i of [1, 2, 3])
    await writeFile(join(dir, `images/ct_00--D--c--z_000${i}.png`), `content ${i}`)
  const store = await openDirectoryStore(dir)
  const files = [0, 1, 2, 3].map(slice => ({ row: row(slice), mask: null }))
  const results: string[] = []
  const options = headBytes === undefined ? {} : { headBytes }
  for await (const result of store.readEach?.(files, options) ?? [])
    results.push(
      result.data
        ? `${Buffer.from(result.data)} of ${result.bytes}`
        : `${result.fault?.reason}: ${result.fault?.message}`,
    )
  return results
}

const failNext = (code: string) =>
  vi.mocked(fs.open).mockImplementationOnce(async () => {
    throw Object.assign(new Error(code), { code })
  })

const MISSING = 'missing: images/ct_00--D--c--z_0000.png: not in the image folder'

test('one that is missing does not stop the others', async () => {
  expect(await readFour()).toEqual([MISSING, ...[1, 2, 3].map(i => `content ${i} of 9`)])
})

test('heads are short, and say how long the file is', async () => {
  expect(await readFour(3)).toEqual([MISSING, ...[1, 2, 3].map(() => 'con of 9')])
  expect((await readFour(100)).at(-1)).toBe('content 3 of 9')
})

test('what is wrong with one file is said of it', async () => {
  failNext('EIO')
  const results = await readFour()
  expect(results.filter(text => text.startsWith('content'))).toHaveLength(2)
  expect(results.join()).toContain('unreadable: images/ct_00--D--c--z_000')
  expect(results.join()).toContain('the disk cannot read it')
})

test('what is wrong with the system is no fault of a file', async () => {
  failNext('EMFILE')
  await expect(readFour()).rejects.toThrow(UserError)
})
