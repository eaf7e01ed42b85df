import { mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { noise } from '../fixtures/noise'
import { startRangeServer } from '../fixtures/range-server'
import { makeZip } from '../fixtures/zip-writer'
import { extentsOf } from './extents'
import {
  examined,
  type Files,
  filesIn,
  flipped,
  hashes,
  place,
  releaseFiles,
  writtenFiles,
} from './small-archive'

const ENTRIES = releaseFiles(60, 20_000)
const ORIGINAL = writtenFiles(ENTRIES, { partBytes: [70_000] })
const PARTS = [...ORIGINAL.keys()]
const ALL_OK = { images: 0, masks: 0, others: 0 }

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-doctor-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function served(files: Files = ORIGINAL) {
  const server = await startRangeServer(
    Object.fromEntries([...files].map(([name, bytes]) => [`/${name}`, bytes])),
  )
  onTestFinished(() => server.close())
  return { ...server, zip: `${server.url}/a.zip` }
}

let folders = 0
const placed = (files: Files) => place(join(dir, String(folders++)), files)
const beside = (zip: string, name: string) => join(zip, '..', name)
const hashesBeside = async (zip: string) => hashes(await filesIn(join(zip, '..')))

test('a sound archive: nothing is wrong, each byte is read about once, no file is changed', async () => {
  const zip = await placed(ORIGINAL)
  const before = await hashesBeside(zip)
  const found = await examined(zip)
  expect(found).toMatchObject({ ok: true, entries: 60, files: ALL_OK, damage: [], leftBytes: 0 })
  expect(found.parts.map(({ name, state }) => [name, state])).toEqual(
    PARTS.map(name => [name, 'home']),
  )
  expect(await hashesBeside(zip)).toEqual(before)
})

test('a missing part is fetched whole, and nothing else', async () => {
  const zip = await placed(ORIGINAL)
  await rm(beside(zip, 'a.z03'))
  const alone = await examined(zip)
  expect(alone.ok).toBe(false)
  expect(alone.damagedParts).toEqual(['a.z03'])
  const server = await served()
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  expect(mended.mended.parts).toEqual(['a.z03'])
  expect(mended.fetched.bytes - mended.fetched.comparedBytes).toBeLessThan(70_000 * 1.01)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('the files of a missing part are named, and no others', async () => {
  const zip = await placed(ORIGINAL)
  await rm(beside(zip, 'a.z03'))
  const owners = extentsOf(ORIGINAL)
  const inPart = new Set(
    Array.from({ length: 70_000 }, (_, offset) => owners.at('a.z03', offset).name),
  )
  const { names } = await examined(zip)
  expect(names.toSorted()).toEqual([...inPart].toSorted())
})

test.each([
  ['short', 'a.z02', 50_000],
  ['empty', 'a.z04', 0],
  ['short in the directory', 'a.zip', 3_000],
])('a part that is %s is completed', async (_, part, bytes) => {
  const zip = await placed(ORIGINAL)
  await truncate(beside(zip, part), bytes)
  const server = await served()
  const found = await examined(zip, { from: server.zip })
  expect(found.ok).toBe(false)
  expect(found.damagedParts).toEqual([part])
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('a short part is found without another copy too', async () => {
  const zip = await placed(ORIGINAL)
  await truncate(beside(zip, 'a.z02'), 50_000)
  const found = await examined(zip)
  expect(found.damagedParts).toEqual(['a.z02'])
  expect(found.parts[1]).toMatchObject({ bytes: 50_000, expectedBytes: 70_000 })
})

test.each([['a.z02'], ['a.zip']])('%s is too long: it is cut without another copy', async part => {
  const zip = await placed(ORIGINAL)
  await writeFile(beside(zip, part), noise(500, 1), { flag: 'a' })
  const found = await examined(zip)
  expect(found.ok).toBe(false)
  expect(found.damagedParts).toEqual([part])
  expect(found.names).toEqual([])
  const mended = await examined(zip, { repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('swapped parts are renamed without another copy', async () => {
  const zip = await placed(ORIGINAL)
  await rename(beside(zip, 'a.z02'), beside(zip, 'x'))
  await rename(beside(zip, 'a.z04'), beside(zip, 'a.z02'))
  await rename(beside(zip, 'x'), beside(zip, 'a.z04'))
  const found = await examined(zip)
  expect(found).toMatchObject({ ok: false, damage: [] })
  expect(found.damagedParts).toEqual(['a.z02', 'a.z04'])
  expect(found.parts[1]).toMatchObject({ state: 'renamed', foundAs: 'a.z04' })
  const mended = await examined(zip, { repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('a renamed part, and a swapped last part, are found by their content', async () => {
  const zip = await placed(ORIGINAL)
  await rename(beside(zip, 'a.z03'), beside(zip, 'a (1).z03'))
  await rename(zip, beside(zip, 'x'))
  await rename(beside(zip, 'a.z01'), zip)
  await rename(beside(zip, 'x'), beside(zip, 'a.z01'))
  const mended = await examined(zip, { repair: true })
  expect(mended.ok).toBe(true)
  expect(mended.damagedParts).toEqual(['a.z01', 'a.z03', 'a.zip'])
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('a part of zeros, and one of another archive, are replaced; the old files are kept', async () => {
  const zip = await placed(ORIGINAL)
  const foreign = writtenFiles(
    releaseFiles(60, 21_000).map(({ name, data }) => ({ name: `x/${name}`, data })),
    { partBytes: [70_000] },
  )
  await writeFile(beside(zip, 'a.z02'), Buffer.alloc(70_000))
  await writeFile(beside(zip, 'a.z04'), foreign.get('a.z04') ?? '')
  const found = await examined(zip)
  expect(found.damagedParts).toEqual(['a.z02', 'a.z04'])
  expect(found.parts.map(({ state }) => state)).toEqual([
    'home',
    'zeros',
    'home',
    'foreign',
    'home',
    'home',
    'home',
  ])
  const server = await served()
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  const now = await filesIn(join(zip, '..'))
  expect(hashes(now)).toMatchObject(hashes(ORIGINAL))
  expect(now.get('a.z04.replaced')?.equals(foreign.get('a.z04') ?? Buffer.alloc(0))).toBe(true)
})

test('zeros in the middle of a part: only those ranges are fetched', async () => {
  const damaged = new Map(ORIGINAL)
  const bytes = Buffer.from(ORIGINAL.get('a.z05') ?? '')
  bytes.fill(0, 10_000, 40_000)
  damaged.set('a.z05', bytes)
  const zip = await placed(damaged)
  const server = await served()
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  expect(mended.damagedParts).toEqual(['a.z05'])
  const owners = extentsOf(ORIGINAL)
  const hit = new Set(Array.from({ length: 30_000 }, (_, i) => owners.at('a.z05', 10_000 + i).name))
  expect(mended.names.toSorted()).toEqual([...hit].toSorted())
  // An entry at each end of the zeros is fetched whole.
  expect(mended.fetched.bytes - mended.fetched.comparedBytes).toBeLessThan(
    30_000 * 1.01 + 2 * 21_000,
  )
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('many flipped bits at once: every damaged file is named and no other, and all is mended', async () => {
  let damaged = ORIGINAL
  const owners = extentsOf(ORIGINAL)
  const hit = new Set<string | null>()
  let state = 5
  for (let i = 0; i < 40; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const part = PARTS[state % (PARTS.length - 1)] ?? ''
    const offset = (state >>> 8) % 70_000
    damaged = flipped(damaged, part, offset * 8 + (i % 8))
    hit.add(owners.at(part, offset).name)
  }
  const zip = await placed(damaged)
  const server = await served()
  const found = await examined(zip, { from: server.zip })
  expect(found.names.toSorted()).toEqual([...hit].toSorted())
  const before = await hashesBeside(zip)
  expect(before).not.toEqual(hashes(ORIGINAL))
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
  const damage = mended.parts.reduce((sum, { damagedBytes }) => sum + damagedBytes, 0)
  const ranges = mended.parts.reduce((sum, { rangeCount }) => sum + rangeCount, 0)
  expect(mended.fetched.bytes).toBeLessThan(damage * 1.01 + (ranges + 1) * 21_000)
})

test('another copy in a folder mends as one on a server does', async () => {
  const zip = await placed(flipped(ORIGINAL, 'a.z03', 8 * 30_000))
  const other = await placed(ORIGINAL)
  const mended = await examined(zip, { from: other, repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('where the other copy is damaged too, nothing is changed', async () => {
  const damaged = flipped(ORIGINAL, 'a.z03', 8 * 30_000)
  const zip = await placed(damaged)
  const server = await served(flipped(ORIGINAL, 'a.z03', 8 * 30_010))
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(false)
  expect(mended.leftBytes).toBeGreaterThan(0)
  expect(await hashesBeside(zip)).toEqual(hashes(damaged))
})

test('another archive is refused as a source', async () => {
  const zip = await placed(flipped(ORIGINAL, 'a.z03', 8 * 30_000))
  const other = await placed(writtenFiles(releaseFiles(50, 20_000), { partBytes: [70_000] }))
  await expect(examined(zip, { from: other, repair: true })).rejects.toThrow(
    /is it another archive\?$/,
  )
  expect((await readFile(zip)).equals(ORIGINAL.get('a.zip') ?? Buffer.alloc(0))).toBe(true)
})

test('a wrong byte before a missing end is mended with it', async () => {
  const zip = await placed(flipped(ORIGINAL, 'a.z02', 8 * 49_000))
  await truncate(beside(zip, 'a.z02'), 49_500)
  const server = await served()
  const mended = await examined(zip, { from: server.zip, repair: true })
  expect(mended.ok).toBe(true)
  expect(await hashesBeside(zip)).toEqual(hashes(ORIGINAL))
})

test('a damaged record at the end of a part does not make the part look too long', async () => {
  // The record of the last entry of the first part names another part.
  const last = lastRecordOf(0)
  const zip = await placed(flipped(ORIGINAL, 'a.zip', 8 * (last + 34) + 3))
  const found = await examined(zip)
  expect(found.damagedParts).toEqual(['a.zip'])
  expect(found.names).toHaveLength(1)
})

/** Offset in the last part of the record of the last entry that begins in a part. */
function lastRecordOf(part: number): number {
  const bytes = ORIGINAL.get('a.zip') ?? Buffer.alloc(0)
  let found = -1
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1))
    if (bytes.readUInt16LE(at + 34) === part) found = at
  return found
}

/** Parts so small that the directory lies in three of them, and many entries in several. */
const SMALL = writtenFiles(releaseFiles(60, 3_000), {
  partBytes: [3_000],
  comment: Buffer.from('a comment'),
})
const [DIRECTORY_1 = '', DIRECTORY_2 = '', LAST = ''] = [...SMALL.keys()].slice(-3)

test.each<[string, (zip: string) => Promise<void>, readonly string[]]>([
  ['nothing', async () => {}, []],
  ['its first part missing', zip => rm(beside(zip, DIRECTORY_1)), [DIRECTORY_1]],
  ['its second part missing', zip => rm(beside(zip, DIRECTORY_2)), [DIRECTORY_2]],
  ['its last part missing', zip => rm(zip), [LAST]],
  ['a short part', zip => truncate(beside(zip, DIRECTORY_2), 1_000), [DIRECTORY_2]],
  ['zeros', zip => writeFile(beside(zip, DIRECTORY_2), Buffer.alloc(3_000)), [DIRECTORY_2]],
  [
    'a long part',
    zip => writeFile(beside(zip, DIRECTORY_2), noise(30, 1), { flag: 'a' }),
    [DIRECTORY_2],
  ],
  [
    'two parts swapped',
    async zip => {
      await rename(beside(zip, DIRECTORY_1), beside(zip, 'x'))
      await rename(beside(zip, DIRECTORY_2), beside(zip, DIRECTORY_1))
      await rename(beside(zip, 'x'), beside(zip, DIRECTORY_2))
    },
    [DIRECTORY_1, DIRECTORY_2],
  ],
])('a directory in three parts with %s', async (_, damage, wanted) => {
  const zip = await placed(SMALL)
  await damage(zip)
  const other = await placed(SMALL)
  const mended = await examined(zip, { from: other, repair: true })
  expect(mended.ok).toBe(true)
  expect(mended.damagedParts.filter(part => !wanted.includes(part)).join()).toBe('')
  expect(mended.damagedParts).toEqual(wanted)
  expect(await hashesBeside(zip)).toEqual(hashes(SMALL))
  expect(await examined(zip)).toMatchObject({ ok: true, damage: [] })
})

describe('a readable archive in another layout is not called damaged, nor taken apart', () => {
  const parts = [...ORIGINAL.values()]
  const single = Buffer.concat(makeZip(ENTRIES, {}))
  test.each<[string, Buffer, RegExp]>([
    ['joined by cat', Buffer.concat(parts), /readable, but the parts .* are joined in it/],
    [
      'with bytes in front',
      Buffer.concat([noise(5_000, 1), single]),
      /readable, but it has bytes in front/,
    ],
  ])('%s', async (_, bytes, message) => {
    const zip = await placed(new Map([['a.zip', bytes]]))
    const before = await hashesBeside(zip)
    await expect(examined(zip)).rejects.toThrow(message)
    await expect(examined(zip)).rejects.toThrow(/verify --manifest DIR --images .*a\.zip --all/)
    const { zip: from } = await served()
    await expect(examined(zip, { from, repair: true })).rejects.toThrow(message)
    expect(await hashesBeside(zip)).toEqual(before)
  })

  test('joined in another order: said so', async () => {
    const [first, second, ...rest] = parts as [Buffer, Buffer, Buffer]
    const zip = await placed(new Map([['a.zip', Buffer.concat([second, first, ...rest])]]))
    await expect(examined(zip)).rejects.toThrow(/but not all of them in their order/)
  })

  test('cut into pieces: joining them is the way', async () => {
    const zip = await placed(
      new Map([
        ['a.zip.001', single.subarray(0, 50_000)],
        ['a.zip.002', single.subarray(50_000)],
      ]),
    )
    for (const place of [zip, `${zip}.001`])
      await expect(examined(place)).rejects.toThrow(/a\.zip\.001: a piece .*; join the pieces/)
  })
})
