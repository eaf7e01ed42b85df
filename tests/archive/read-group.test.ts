import { expect, test } from 'vitest'
import type { ArchiveEntry } from '../../lib/archive/entry'
import { planReads } from '../../lib/archive/plan-reads'
import { readGroup } from '../../lib/archive/read-group.node.ts'
import { noise } from '../fixtures/noise'
import { entriesOf } from './collect'
import { made } from './temporary-archive'

const images = Array.from({ length: 50 }, (_, i) => ({
  name: `${String(i).padStart(2, '0')}.png`,
  data: noise(1000, i),
  method: i % 2 ? 0 : 8,
  localExtra: i === 7 ? 300 : 28,
}))

test('neighbours are read together, each checked on its own', async () => {
  const wrong = { ...images[3], name: '03.png', crc32: 1 }
  const archive = await made(
    images.map((image, i) => (i === 3 ? wrong : image)),
    { partBytes: [20_000] },
  )
  const entries = await entriesOf(archive)
  const groups = planReads([...entries].reverse(), archive.parts)
  const before = archive.counters.requests
  const results = (
    await Promise.all(groups.map(group => readGroup(archive, group, { maxBytes: 1000 })))
  ).flat()
  // One read for each part, and one more where an entry goes on in the next.
  expect(groups).toHaveLength(3)
  expect(archive.counters.requests - before).toBe(5)
  expect(results.map(({ entry }) => entry.name)).toEqual(images.map(({ name }) => name))
  results.forEach(({ data, error }, i) => {
    if (i === 3) expect(error?.message).toMatch(/a\.z01: "03\.png" has CRC|"03\.png" is damaged/)
    else expect(images[i]?.data.equals(data ?? Buffer.alloc(0))).toBe(true)
  })
  // What is kept of a group must not keep all of it.
  expect(results[1]?.data?.buffer.byteLength).toBeLessThan(10_000)
})

test('what lies too far apart, or is too much, is read apart', async () => {
  const archive = await made(images)
  const entries = await entriesOf(archive)
  const pick = (...numbers: number[]) => numbers.map(i => entries[i] as ArchiveEntry)
  const namesOf = (options: object, ...numbers: number[]) =>
    planReads(pick(...numbers), archive.parts, options).map(group =>
      group.entries.map(({ name }) => name),
    )
  expect(namesOf({ gapBytes: 1500 }, 0, 2, 10)).toEqual([['00.png', '02.png'], ['10.png']])
  expect(namesOf({ gapBytes: 500 }, 0, 2)).toEqual([['00.png'], ['02.png']])
  expect(namesOf({ groupBytes: 2500 }, 0, 1, 2, 3)).toEqual([
    ['00.png', '01.png'],
    ['02.png', '03.png'],
  ])
})

test('a group with lying locators refuses only those', async () => {
  const archive = await made(images.slice(0, 3))
  const [a, b, c] = (await entriesOf(archive)) as [ArchiveEntry, ArchiveEntry, ArchiveEntry]
  const lying = [
    a,
    { ...b, compressedBytes: 1e9, bytes: 1e9, method: 0 },
    { ...c, part: 5 },
    { ...c, offset: c.offset + 1 },
  ]
  const results = []
  for (const group of planReads(lying, archive.parts))
    results.push(...(await readGroup(archive, group, { maxBytes: 1e10 })))
  expect(results.map(({ error }) => error?.message.replace(/^.*: "/, '"') ?? null)).toEqual([
    null,
    '"01.png" is outside the archive',
    expect.stringMatching(/^"02.png" is not at offset \d+, where the directory lists it/),
    '"02.png" is outside the archive',
  ])
})
