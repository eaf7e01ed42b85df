import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Archive } from '../../lib/archive/archive'
import { archiveFacts } from '../../lib/archive/archive'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { noise } from '../fixtures/noise'
import { startRangeServer } from '../fixtures/range-server'
import { makeZip, writeParts, type ZipEntry, type ZipOptions } from '../fixtures/zip-writer'
import { entriesOf } from './collect'
import { opened, temporaryFolder, text } from './temporary-archive'

const images = (count: number, bytes = 700): ZipEntry[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `R/images/${i}.png`,
    data: noise(bytes + (i % 5) * 13, i),
    descriptor: i % 3 === 0,
  }))

/** Every entry is read with all checks, and has its content. */
async function expectWhole(archive: Archive, entries: readonly ZipEntry[]): Promise<void> {
  const found = await entriesOf(archive)
  expect(found.map(({ name, problem }) => [name, problem])).toEqual(
    entries.map(({ name }) => [String(name).replaceAll('\\', '/'), null]),
  )
  for (const [i, entry] of found.entries()) {
    const data = await readEntry(archive, entry, { maxBytes: 1e6 })
    expect(Buffer.from(data).equals(Buffer.from(entries[i]?.data ?? [])), entry.name).toBe(true)
  }
}

async function put(bytes: Uint8Array | readonly Uint8Array[], name = 'a.zip'): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes))
  return path
}

/** An archive in one file, on a server. */
async function served(bytes: Uint8Array, name = '/a.zip'): Promise<string> {
  const server = await startRangeServer({ [name]: Buffer.from(bytes) })
  onTestFinished(() => server.close())
  return server.url + name
}

describe.each([false, true])('Zip64: %s', zip64 => {
  test.each([1, 9, 70_000, 1_100_000])('%i bytes in front are skipped', async length => {
    const entries = images(30)
    const whole = Buffer.concat([noise(length, 1), ...makeZip(entries, { zip64 })])
    await expectWhole(await opened(await put(whole)), entries)
    if (length < 100) await expectWhole(await opened(await served(whole)), entries)
  })

  test('bytes in front that the offsets count are no matter', async () => {
    const entries = images(30)
    const [whole] = makeZip(entries, { zip64, prefix: noise(999, 1) }) as [Buffer]
    await expectWhole(await opened(await put(whole)), entries)
  })

  test.each([1, 22, 5_000, 500_000])('%i bytes behind the end are skipped', async length => {
    const entries = images(30)
    for (const behind of [Buffer.alloc(length), noise(length, 3)]) {
      const whole = Buffer.concat([...makeZip(entries, { zip64 }), behind])
      await expectWhole(await opened(await put(whole)), entries)
    }
  })

  test('parts that cat joined are read like the parts, and known by the same facts', async () => {
    const entries = images(61)
    const parts = makeZip(entries, { zip64, partBytes: [9_000, 4_000, 7_000] })
    expect(parts.length).toBeGreaterThan(4)
    const split = await opened(await writeParts(await temporaryFolder(), 'a', parts))
    for (const place of [await put(parts), await served(Buffer.concat(parts))]) {
      const joined = await opened(place)
      await expectWhole(joined, entries)
      expect(await entriesOf(joined)).toEqual(await entriesOf(split))
      if (zip64) expect(archiveFacts(joined)).toEqual(archiveFacts(split))
      await opened(place, { facts: archiveFacts(split) })
    }
  })

  test.each([1, 9, 70_000])(
    'parts that cat joined behind %i other bytes are read',
    async length => {
      const entries = images(61)
      const parts = makeZip(entries, { zip64, partBytes: [9_000, 4_000, 7_000] })
      const split = await opened(await writeParts(await temporaryFolder(), 'a', parts))
      const joined = await opened(await put([noise(length, 1), ...parts]))
      await expectWhole(joined, entries)
      expect(await entriesOf(joined)).toEqual(await entriesOf(split))
    },
  )

  test('parts joined in another order, or not all of them, are refused by name', async () => {
    const parts = makeZip(images(61), { zip64, partBytes: [9_000] }) as [Buffer, Buffer, Buffer]
    const [first, second, ...rest] = parts
    for (const wrong of [
      [second, first, ...rest],
      [first, ...rest],
      [second, ...rest],
    ])
      await expect(opened(await put(wrong))).rejects.toThrow(
        /a\.zip: the parts of a split archive joined into one file \(as cat does\), but not all of them in their order: .*; give the \.zip with its parts \(\.z01, \.z02, …\) beside it, or rebuild the file with: zip -FF ".*a\.zip" --out mended\.zip$/,
      )
  })
})

test('an entry larger than a part, and a directory over several parts, joined by cat', async () => {
  const entries = [...images(10), { name: 'R/large.bin', data: noise(20_000, 9) }, ...images(0)]
  for (const partBytes of [[3_000], [3_000, 500], [2_000, 200]]) {
    const more = [...entries, { name: 'R/z.png', data: noise(5_000, 2) }]
    await expectWhole(await opened(await put(makeZip(more, { partBytes }))), more)
  }
})

test('any archive that is joined reads the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3_000), { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 300, max: 9_000 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (sizes, partBytes, zip64) => {
        const entries = sizes.map((size, i) => ({ name: `R/${i}.png`, data: noise(size, i) }))
        await expectWhole(await opened(await put(makeZip(entries, { partBytes, zip64 }))), entries)
      },
    ),
    { numRuns: 60 },
  )
})

/** Cuts a file as a program does, and gives the first piece. */
async function pieces(options: ZipOptions, args: readonly string[], first: string) {
  const entries = images(41)
  const path = await put(makeZip(entries, options))
  execFileSync('split', ['-b', '5000', ...args, path, `${path}.`])
  await rm(path)
  return { entries, place: path.replace(/a\.zip$/, first) }
}

test.each<[readonly string[], string]>([
  [['-d', '-a', '3', '--numeric-suffixes=1'], 'a.zip.001'],
  [['-d', '-a', '3'], 'a.zip.000'],
  [['-d'], 'a.zip.00'],
  [[], 'a.zip.aa'],
  [['-a', '3'], 'a.zip.aaa'],
])('pieces of `split %j` are read from the first, %s', async (args, first) => {
  for (const zip64 of [false, true]) {
    const { entries, place } = await pieces({ zip64 }, args, first)
    await expectWhole(await opened(place), entries)
  }
})

test('pieces on a server are read up to the first that is not there', async () => {
  const { entries, place } = await pieces({}, ['-d', '-a', '3', '--numeric-suffixes=1'], '')
  const files: Record<string, Buffer> = {}
  for (let i = 1; i < 8; i++)
    files[`/a.zip.00${i}`] = await readFile(`${place}a.zip.00${i}`).catch(() => Buffer.alloc(0))
  for (const [name, { length }] of Object.entries(files)) if (length === 0) delete files[name]
  const server = await startRangeServer(files)
  onTestFinished(() => server.close())
  await expectWhole(await opened(`${server.url}/a.zip.001`), entries)
})

test('a missing piece, and one that is not the first, are named', async () => {
  const args = ['-d', '-a', '3', '--numeric-suffixes=1']
  const { place } = await pieces({}, args, 'a.zip.001')
  await expect(opened(place.replace('001', '003'))).rejects.toThrow(
    /a\.zip\.003: one piece of a file that was cut; give the first one, .*a\.zip\.001$/,
  )
  await expect(opened(place.replace('.001', ''))).rejects.toThrow(
    /a\.zip: no such file; its first piece is there: give .*a\.zip\.001$/,
  )
  await rm(place.replace('001', '002'))
  await expect(opened(place)).rejects.toThrow(
    /a\.zip\.002: missing; a\.zip\.00\d is there, so a\.zip\.001 and \d further pieces must be in the same folder$/,
  )
})

test.each(['a.7z', 'a.7z.001', 'a.tar', 'a.tar.gz', 'a.rar'])('%s is refused', async name => {
  await expect(opened(await put(text('x'), name))).rejects.toThrow(
    /not a \.zip; other archives are not read: unpack it and give the release's folder$/,
  )
})

test('backslashes in names are slashes', async () => {
  const entries = ['R\\images\\a.png', 'R\\masks\\b é.png', 'R\\SAMed2D_v1.json'].map(name => ({
    name,
    data: text(name),
  }))
  await expectWhole(await opened(await put(makeZip(entries))), entries)
  const [folder] = await entriesOf(await opened(await put(makeZip([{ name: 'R\\images\\' }]))))
  expect(folder).toMatchObject({ name: 'R/images/', isFolder: true, problem: null })
})
