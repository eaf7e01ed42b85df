import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Archive } from '../../lib/archive/archive'
import type { ArchiveEntry } from '../../lib/archive/entry'
import { planReads } from '../../lib/archive/plan-reads'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { readGroup } from '../../lib/archive/read-group.node.ts'
import { noise } from '../fixtures/noise'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { entriesOf, streamed } from './collect'
import { made, opened, temporaryFolder } from './temporary-archive'

const ALL = { maxBytes: 1e9 }

/** Reads many entries, some at a time. */
async function readAll(archive: Archive, entries: readonly ArchiveEntry[]): Promise<Uint8Array[]> {
  const data: Uint8Array[] = []
  for (let at = 0; at < entries.length; at += 64)
    data.push(
      ...(await Promise.all(
        entries.slice(at, at + 64).map(entry => readEntry(archive, entry, ALL)),
      )),
    )
  return data
}

test('an archive cut anywhere gives back what was put in', async () => {
  const dir = await temporaryFolder()
  const entry = fc.record({
    size: fc.integer({ min: 0, max: 1500 }),
    method: fc.constantFrom(0, 8),
    descriptor: fc.boolean(),
    localExtra: fc.constantFrom(0, 28, 64, 300),
  })
  const archives = fc.record({
    entries: fc.array(entry, { maxLength: 30 }),
    partBytes: fc.option(
      fc.array(fc.integer({ min: 100, max: 5000 }), { minLength: 1, maxLength: 4 }),
      { nil: undefined },
    ),
    zip64: fc.boolean(),
    blockBytes: fc.integer({ min: 1, max: 2000 }),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(archives, async ({ entries, partBytes, zip64, blockBytes }) => {
      const wanted = entries.map((options, i) => ({
        ...options,
        name: `images/ü_${i}.png`,
        data: i % 2 ? noise(options.size, i) : Buffer.alloc(options.size, i),
      }))
      const path = await writeParts(dir, `run-${run++}`, makeZip(wanted, { partBytes, zip64 }))
      const archive = await opened(path)
      const found = await entriesOf(archive, { blockBytes })
      expect(found.map(({ name, problem }) => ({ name, problem }))).toEqual(
        wanted.map(({ name }) => ({ name, problem: null })),
      )
      const data = await readAll(archive, found)
      for (const [i, { name, data: expected }] of wanted.entries()) {
        expect(expected.equals(data[i] as Uint8Array), name).toBe(true)
        const { name: _, isFolder: __, problem: ___, ...locator } = found[i] as ArchiveEntry
        const again = await streamed(archive, { ...locator, name })
        expect(expected.equals(again), name).toBe(true)
      }
      await archive.close()
    }),
    { numRuns: 40 },
  )
})

test('100,000 entries over many parts, each read', async () => {
  const count = 100_000
  const dataOf = (i: number) => Buffer.from(`image ${i} ${'x'.repeat(i % 97)}`)
  const parts = makeZip(
    Array.from({ length: count }, (_, i) => ({
      name: `SAMed2Dv1/images/ct_00--set--case_${i >> 8}--z_${i & 255}.png`,
      data: dataOf(i),
      method: i % 3 ? 0 : 8,
    })),
    // So many need Zip64.
    { zip64: true, partBytes: [1 << 20] },
  )
  const archive = await opened(await writeParts(await temporaryFolder(), 'a', parts))
  expect(archive.parts.sources.length).toBeGreaterThan(20)
  const found = await entriesOf(archive)
  expect(found).toHaveLength(count)
  // All of them by the reads that bring many, and some one by one.
  const groups = planReads(found, archive.parts)
  const read: (Uint8Array | undefined)[] = []
  for (const group of groups)
    read.push(...(await readGroup(archive, group, ALL)).map(result => result.data))
  const wrong = read.filter((data, i) => !data || !dataOf(i).equals(data))
  expect(wrong).toEqual([])
  const some = found.filter((_, i) => i % 50 === 0)
  const alone = await readAll(archive, some)
  expect(alone.filter((data, i) => !dataOf(i * 50).equals(data))).toEqual([])
}, 120_000)

test.each([
  { zip64: false, partBytes: undefined },
  { zip64: true, partBytes: undefined },
  { zip64: false, partBytes: [3000, 1234, 5000] },
  { zip64: true, partBytes: [1000, 4321] },
])('the entries are those that zip.js reads: %o', async options => {
  const parts = makeZip(
    Array.from({ length: 300 }, (_, i) => ({
      name: `images/${i}.png`,
      data: i % 2 ? noise(i, i) : Buffer.alloc(i * 3),
      method: i % 5 ? 8 : 0,
      descriptor: i % 7 === 0,
    })),
    options,
  )
  const archive = await opened(await writeParts(await temporaryFolder(), 'a', parts))
  const ours = await entriesOf(archive)
  const blobs = parts.map(part => new BlobReader(new Blob([Uint8Array.from(part)])))
  const reader = new ZipReader(blobs.length > 1 ? blobs : (blobs[0] as BlobReader), {
    checkSignature: true,
    useWebWorkers: false,
  })
  const theirs = await reader.getEntries()
  expect(
    ours.map(({ name, part, offset, bytes, compressedBytes, crc32 }) => [
      name,
      part,
      offset,
      bytes,
      compressedBytes,
      crc32,
    ]),
  ).toEqual(
    theirs.map(entry => [
      entry.filename,
      entry.diskNumberStart,
      entry.offset,
      entry.uncompressedSize,
      entry.compressedSize,
      entry.signature,
    ]),
  )
  for (const [i, entry] of ours.entries()) {
    const their = theirs[i]
    const data = their?.directory === false ? await their.getData(new Uint8ArrayWriter()) : null
    expect(Buffer.from(await readEntry(archive, entry, ALL)).equals(data ?? Buffer.alloc(1))).toBe(
      true,
    )
  }
})

test('one read brings an entry, two where it lies in two parts or has a long header', async () => {
  const data = noise(2000, 1)
  const archive = await made(
    [
      { name: 'whole.png', data },
      { name: 'long-header.png', data, localExtra: 5000 },
      { name: 'cut.png', data },
    ],
    { partBytes: [10_000, 10_000] },
  )
  const cost: number[] = []
  for (const entry of await entriesOf(archive)) {
    const before = archive.counters.requests
    await readEntry(archive, entry, ALL)
    cost.push(archive.counters.requests - before)
  }
  expect(cost).toEqual([1, 2, 2])
})

test('an archive without entries', async () => {
  expect(await entriesOf(await made([]))).toEqual([])
})
