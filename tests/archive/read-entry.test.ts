import { readFile, writeFile } from 'node:fs/promises'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Archive } from '../../lib/archive/archive'
import type { ArchiveEntry } from '../../lib/archive/entry'
import { EntryError } from '../../lib/archive/entry-error'
import { overlapCheck } from '../../lib/archive/overlaps'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { noise } from '../fixtures/noise'
import type { ZipEntry } from '../fixtures/zip-writer'
import { entriesOf, streamed } from './collect'
import { made, opened, text, written } from './temporary-archive'

/** Both ways to read an entry must refuse it with the same message. */
async function expectRefused(archive: Archive, entry: ArchiveEntry, message: RegExp) {
  const [whole, stream] = await Promise.allSettled([
    readEntry(archive, entry, { maxBytes: 1e8 }),
    streamed(archive, entry),
  ])
  for (const result of [whole, stream]) {
    const reason = result.status === 'rejected' ? result.reason : null
    expect(reason).toBeInstanceOf(EntryError)
    expect(reason.message).toMatch(message)
  }
}

const zeros = Buffer.alloc(100_000)

test.each<[string, Partial<ZipEntry>, RegExp]>([
  [
    'another name in the local header',
    { local: { name: 'c.png' } },
    /a\.zip: "b\.png" is not at offset 39, where the directory lists it; "c\.png" is there: the part is from/,
  ],
  [
    'another name of another length',
    { local: { name: 'b.png.exe' } },
    /; "b\.png\.exe" is there: the part is from another archive, or the names were changed$/,
  ],
  [
    'no local header where it should be',
    { place: { part: 0, offset: 2 } },
    /"b\.png" is not at offset 2, where the directory lists it; this part or an earlier one is truncated/,
  ],
  [
    'another method in the local header',
    { local: { method: 0 } },
    /"b\.png" has method 0 in the header, 8 in the directory$/,
  ],
  [
    'another CRC in the local header',
    { local: { crc32: 7 } },
    /"b\.png" has CRC 7 in the header, \d+ in the directory$/,
  ],
  ['a wrong CRC', { crc32: 7 }, /"b\.png" is damaged \(wrong CRC-32\); download this part again$/],
  [
    'a wrong CRC, stored',
    { crc32: 7, method: 0 },
    /"b\.png" is damaged \(wrong CRC-32\); download this part again$/,
  ],
  [
    'a bomb: more data than declared',
    { data: zeros, bytes: 50 },
    /"b\.png" expands to more than the expected 50 bytes$/,
  ],
  [
    'more data than none',
    { data: zeros, bytes: 0 },
    /"b\.png" (expands to more than the expected 0|has 1 bytes, 0 expected)/,
  ],
  ['less data than declared', { data: text('b'), bytes: 50 }, /has 1 bytes, 50 expected$/],
  [
    'packed data that end early',
    { packed: deflateRawSync(noise(500, 1)).subarray(0, 300), bytes: 500 },
    /"b\.png" is damaged \(unexpected end of file\); download this part again$/,
  ],
  [
    'packed data that are none',
    { packed: Buffer.alloc(50, 0xff), bytes: 500 },
    /"b\.png" is damaged \(invalid block type\); download this part again$/,
  ],
  [
    'more packed data than are used',
    { packed: Buffer.concat([deflateRawSync(text('b')), text('hidden')]), bytes: 1 },
    /"b\.png" has trailing data within its \d+ compressed bytes$/,
  ],
  ['encryption', { flags: 1 }, /"b\.png" is encrypted$/],
  [
    'an unknown method',
    { method: 93 },
    /"b\.png" is compressed with a method other than stored or/,
  ],
  ['sizes that cannot be', { compressedBytes: 1e8, bytes: 10 }, /"b\.png" has impossible sizes$/],
  ['stored sizes that differ', { method: 0, bytes: 10 }, /"b\.png" has impossible sizes$/],
  [
    'data past the end of the archive',
    { bytes: 9e5, compressedBytes: 9e5, method: 0 },
    /"b\.png" is outside the archive$/,
  ],
  ['a place in no part', { place: { part: 9, offset: 0 } }, /part 10: "b\.png" is outside the/],
])('%s is refused', async (_, options, message) => {
  const entries = [
    { name: 'a.png', data: text('a'), method: 0 },
    { name: 'b.png', data: text('b'), ...options },
  ]
  const archive = await made(entries, { prefix: text('xxx') })
  const [first, second] = (await entriesOf(archive)) as [ArchiveEntry, ArchiveEntry]
  await expectRefused(archive, second, message)
  // Its neighbour is still fine.
  expect(Buffer.from(await readEntry(archive, first, { maxBytes: 1 })).toString()).toBe('a')
})

test('an entry larger than the caller allows is refused before it is read', async () => {
  const archive = await made([{ name: 'a.png', data: zeros }])
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  const before = archive.counters.requests
  await expect(readEntry(archive, entry, { maxBytes: 99_999 })).rejects.toThrow(
    /a\.zip: "a\.png" has 100,000 bytes, more than the 99,999 allowed here$/,
  )
  expect(archive.counters.requests).toBe(before)
  expect(await readEntry(archive, entry, { maxBytes: 100_000 })).toHaveLength(100_000)
})

test.each([0, 8])('no flipped byte of an entry goes unnoticed, method %i', async method => {
  const data = noise(60, 3)
  const entries = [{ name: 'b.png', data, method }]
  const path = await written(entries)
  const bytes = await readFile(path)
  const [entry] = (await entriesOf(await opened(path))) as [ArchiveEntry]
  const end = 30 + 'b.png'.length + entry.compressedBytes
  let unnoticed = 0
  for (let at = 0; at < end; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at] = (damaged[at] ?? 0) ^ 0x10
    await writeFile(path, damaged)
    const archive = await opened(path)
    const read = await readEntry(archive, entry, { maxBytes: 1e6 }).catch(() => null)
    // Version, time and reserved flags of the local header say nothing about the data.
    if (read && !data.equals(read)) unnoticed++
    await archive.close()
  }
  expect(unnoticed).toBe(0)
})

test('a large entry comes in pieces, and an error at its end', async () => {
  const data = noise(5_000_000, 1)
  const archive = await made(
    [
      { name: 'index.json', data },
      { name: 'stored.json', data, method: 0 },
      { name: 'wrong.json', data, crc32: 1 },
    ],
    { partBytes: [1_500_000, 700_000] },
  )
  const [packed, stored, wrong] = (await entriesOf(archive)) as ArchiveEntry[]
  expect(data.equals(await streamed(archive, packed as ArchiveEntry))).toBe(true)
  expect(data.equals(await streamed(archive, stored as ArchiveEntry))).toBe(true)
  await expect(streamed(archive, wrong as ArchiveEntry)).rejects.toThrow(
    /is damaged \(wrong CRC-32\)/,
  )
})

test('reading stops when it is aborted', async () => {
  const archive = await made([{ name: 'a.png', data: zeros }])
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  const signal = AbortSignal.abort(new Error('gone'))
  await expect(readEntry(archive, entry, { maxBytes: 1e6, signal })).rejects.toThrow('gone')
  await expect(entriesOf(archive, { signal })).rejects.toThrow('gone')
})

test('entries that share bytes are found where locators are sorted', async () => {
  const archive = await made(
    [
      { name: 'a.png', data: noise(5000, 1) },
      { name: 'b.png', data: noise(10, 2) },
      { name: 'inside-a.png', data: noise(10, 2), place: { part: 0, offset: 2000 } },
      { name: 'same-as-b.png', data: noise(10, 2), place: { part: 1, offset: 49 } },
    ],
    { partBytes: [5000] },
  )
  const entries = await entriesOf(archive)
  const b = entries[1] as ArchiveEntry
  const moved = entries.map(entry =>
    entry.name === 'same-as-b.png' ? { ...entry, part: b.part, offset: b.offset } : entry,
  )
  moved.sort((x, y) => x.part - y.part || x.offset - y.offset)
  const check = overlapCheck(archive.parts)
  expect(moved.map(entry => [entry.name, check(entry)?.name ?? null])).toEqual([
    ['a.png', null],
    ['inside-a.png', 'a.png'],
    ['b.png', null],
    ['same-as-b.png', 'b.png'],
  ])
})
