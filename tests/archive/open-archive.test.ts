import { readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { archiveFacts } from '../../lib/archive/archive'
import { noise } from '../fixtures/noise'
import { endRecordOf, makeZip, type ZipOptions } from '../fixtures/zip-writer'
import { entriesOf } from './collect'
import { made, opened, temporaryFolder, text, written } from './temporary-archive'

const images = (count: number, bytes = 700) =>
  Array.from({ length: count }, (_, i) => ({ name: `images/${i}.png`, data: noise(bytes, i) }))

/** 41 entries of some 750 bytes in parts of 10,000. */
const SPLIT: ZipOptions = { partBytes: [10_000] }

const part = (zip: string, number: number) => zip.replace(/zip$/, `z0${number}`)

test('a missing part is named, with how many there are', async () => {
  const zip = await written(images(41), SPLIT)
  await rm(part(zip, 2))
  await expect(opened(zip)).rejects.toThrow(
    /a\.z02: no such file; the archive has 4 parts, a\.z01 to a\.zip, which must be in the same folder$/,
  )
})

test('exchanged parts are named', async () => {
  const zip = await written(images(41), SPLIT)
  await rename(part(zip, 1), `${zip}.kept`)
  await rename(part(zip, 2), part(zip, 1))
  await rename(`${zip}.kept`, part(zip, 2))
  await expect(opened(zip)).rejects.toThrow(
    /a\.z01: "images\/0\.png" is not at offset 4, where the directory lists it; this part or an earlier one is truncated, renamed or from another archive$/,
  )
})

test('exchanged parts behind the first are named', async () => {
  const zip = await written(images(41), SPLIT)
  await rename(part(zip, 3), `${zip}.kept`)
  await rename(part(zip, 2), part(zip, 3))
  await rename(`${zip}.kept`, part(zip, 2))
  await expect(opened(zip)).rejects.toThrow(
    /a\.z0[23]: "images\/\d+\.png" is not at offset \d+, where/,
  )
})

test('a part of another archive is named', async () => {
  const zip = await written(images(41), SPLIT)
  await writeFile(part(zip, 2), noise(10_000, 5))
  await expect(opened(zip)).rejects.toThrow(
    /a\.z02: "images\/\d+\.png" is not at offset \d+, where/,
  )
})

test('a part of an archive with other names is named', async () => {
  const zip = await written(images(41), SPLIT)
  const others = images(41).map(({ data, name }) => ({ data, name: name.replace('ima', 'pic') }))
  await writeFile(part(zip, 2), makeZip(others, SPLIT)[1] as Buffer)
  await expect(opened(zip)).rejects.toThrow(
    /a\.z02: "images\/\d+\.png" is not at offset \d+, where the directory lists it; "picges\/\d+\.png" is there: the part is from another archive, or the names were changed$/,
  )
})

test.each([1, 2, 3])('part %i truncated by a byte is named', async number => {
  const zip = await written(images(41), SPLIT)
  const size = (await readFile(part(zip, number))).length
  await truncate(part(zip, number), size - 1)
  await expect(opened(zip)).rejects.toThrow(
    new RegExp(
      `a\\.z0${number}: 1 byte too short for "images/\\d+\\.png", which continues in the next part; it is truncated or from another archive$`,
    ),
  )
})

test('a part that is too long is named', async () => {
  const zip = await written(images(41), SPLIT)
  await writeFile(part(zip, 2), Buffer.concat([await readFile(part(zip, 2)), Buffer.alloc(100)]))
  await expect(opened(zip)).rejects.toThrow(
    /a\.z02: 100 bytes too long for "images\/\d+\.png", which continues in the next part; it is from another archive$/,
  )
})

test('a truncated part that holds the directory is noticed', async () => {
  const zip = await written(images(60, 10), { partBytes: [3000, 1000] })
  await truncate(part(zip, 2), 900)
  await expect(opened(zip)).rejects.toThrow(
    /a\.zip: the end of the archive is damaged: the directory \(\d,\d+ bytes at \d+ of part 2\) does not end where the end record begins; is a\.z02, .* or a\.zip truncated or from another archive\?$/,
  )
})

test('a directory over four parts is read whole', async () => {
  const archive = await made(images(60, 10), { partBytes: [3000, 1000] })
  expect(archive.parts.sources.length - archive.directory.part).toBeGreaterThanOrEqual(4)
  expect(await entriesOf(archive)).toHaveLength(60)
})

test.each([
  ['notes.txt', /notes\.txt: not a \.zip$/],
  ['a.z01', /a\.z01: one part of a split archive; give its \.zip$/],
  ['nowhere.zip', /nowhere\.zip: no such file$/],
  ['http://[/a.zip', /: not a URL$/],
  ['https://me:secret@example.org/a.zip', /^example\.org\/a\.zip: the URL has a user name or pass/],
  ['https://example.org/a.z01?x=1', /one part of a split archive; give its \.zip$/],
])('%s is refused', async (location, message) => {
  await expect(opened(location)).rejects.toThrow(message)
})

test('a folder named like an archive is refused', async () => {
  const dir = await temporaryFolder()
  await expect(opened(`${dir}/../${dir.split('/').at(-1)}`)).rejects.toThrow(/not a \.zip$/)
})

test.each([
  ['', /not a ZIP archive, or its end is missing; was the download cut\?$/],
  ['<!doctype html><p>Log in', /not a ZIP archive but a saved web page or pointer/],
  ['version https://git-lfs.github.com/spec/v1\n', /a saved web page or pointer/],
])('content that is no archive is refused: %j', async (content, message) => {
  const dir = await temporaryFolder()
  await writeFile(`${dir}/a.zip`, content)
  await expect(opened(`${dir}/a.zip`)).rejects.toThrow(message)
})

test('a single archive cut at any byte is refused', async () => {
  const dir = await temporaryFolder()
  const [bytes] = makeZip(images(3, 20), { comment: text('by hand') }) as [Buffer]
  for (let length = 0; length < bytes.length; length++) {
    await writeFile(`${dir}/a.zip`, bytes.subarray(0, length))
    await expect(opened(`${dir}/a.zip`), `${length} bytes`).rejects.toThrow(/not a ZIP archive, or/)
  }
})

const lies: [string, ZipOptions, RegExp][] = [
  ['2^63 entries', { end: { entries: 2n ** 63n } }, /9,223,372,036,854,\d+,\d+ entries cannot be/],
  [
    'too many entries for its bytes',
    { end: { entries: 10n } },
    /10 entries cannot be in \d+ bytes$/,
  ],
  ['none, yet bytes of them', { end: { entries: 0n } }, /0 entries cannot be in \d+ bytes$/],
  ['2^62 bytes of directory', { end: { directoryBytes: 2n ** 62n } }, /does not end where the end/],
  ['a directory past the file', { end: { directoryOffset: 2n ** 40n } }, /does not end where/],
  [
    'a directory in part 7',
    { end: { directoryPart: 6 } },
    /\d+ bytes at [\d,]+ of part 7\) does not/,
  ],
  ['to be part 4 of 1', { end: { lastPart: 3, parts: 1 } }, /it belongs to part 4, of 1$/],
  ['4 billion parts', { end: { parts: 0xffffffff } }, /it states 4,294,967,295 parts$/],
  [
    '65,535 parts',
    { end: { parts: 0xffff, lastPart: 0xfffe } },
    /a\.z01: no such file; the archive/,
  ],
  ['its Zip64 record past the file', { end: { zip64Offset: 2n ** 60n } }, /is outside the arch/],
  [
    'its Zip64 record elsewhere',
    { end: { zip64Offset: 0n } },
    /Zip64 record is not at the stated offset$/,
  ],
  ['its Zip64 record in part 9', { end: { zip64Part: 8 } }, /Zip64 record is outside the arch/],
  ['a Zip64 record that is not there', { end: { noZip64: true } }, /its Zip64 record is missing$/],
]
test.each(lies)('an end that says %s is refused at once', async (_, options, message) => {
  const zip = await written(images(3), { zip64: true, ...options })
  const start = process.memoryUsage().rss
  await expect(opened(zip)).rejects.toThrow(message)
  // Nothing is allocated by the numbers of the lie.
  expect(process.memoryUsage().rss - start).toBeLessThan(200e6)
})

test.each<[string, ZipOptions, RegExp]>([
  ['entries', { end: { entries: 2n } }, /the directory holds more entries than the 2 that/],
  ['bytes', { end: { directoryOffset: 3n } }, /does not end where the end record begins/],
  [
    'part',
    { end: { lastPart: 9_999 } },
    /a\.z01: no such file; the archive has 10000 parts, a\.z01 to a\.zip/,
  ],
])('a short end record with wrong %s is refused', async (_, options, message) => {
  const zip = await written(images(3), options)
  await expect(opened(zip).then(archive => entriesOf(archive))).rejects.toThrow(message)
})

test('a comment is skipped, also one that looks like an end', async () => {
  const fake = endRecordOf(0, 0, 17)
  for (const comment of [text('x'.repeat(0xffff)), text('PK\x05\x06'), fake])
    for (const zip64 of [false, true]) {
      const archive = await made(images(3), { comment, zip64 })
      expect(await entriesOf(archive)).toHaveLength(3)
    }
})

test('a comment with an end that holds is refused: readers would disagree', async () => {
  const entries = images(3)
  const size = (makeZip(entries)[0] as Buffer).length
  // An empty directory just before it.
  const zip = await written(entries, { comment: endRecordOf(0, 0, size) })
  await expect(opened(zip)).rejects.toThrow(
    /a\.zip: two end records point to different directories; it is not safe to read$/,
  )
})

test('a comment full of ends is refused', async () => {
  const ends = Array.from({ length: 50 }, (_, i) => {
    const end = endRecordOf(0, 0, 0)
    end.writeUInt16LE(22 * (49 - i), 20)
    return end
  })
  await expect(opened(await written(images(3), { comment: Buffer.concat(ends) }))).rejects.toThrow(
    /has several end records in the archive comment; it is not safe to read$/,
  )
})

test('a damaged directory is named by part and place', async () => {
  const zip = await written(images(41), SPLIT)
  const bytes = await readFile(zip)
  const at = bytes.indexOf('PK\x01\x02', bytes.indexOf('PK\x01\x02') + 1)
  bytes[at] = 0
  await writeFile(zip, bytes)
  const archive = await opened(zip)
  await expect(entriesOf(archive)).rejects.toThrow(
    new RegExp(
      `a\\.zip: the directory is damaged at ${at}, after "images/\\d+\\.png"; download this part again$`,
    ),
  )
})

test('an archive is known again by its facts, and another one refused by them', async () => {
  const zip = await written(images(41), SPLIT)
  const facts = archiveFacts(await opened(zip))
  expect(facts.parts.map(({ name }) => name)).toEqual(['a.z01', 'a.z02', 'a.z03', 'a.zip'])
  await opened(zip, { facts })
  await truncate(part(zip, 2), 9_990)
  await expect(opened(zip, { facts })).rejects.toThrow(
    /a\.z02: 9,990 bytes, but 10,000 when the manifest was written; it is truncated or from another archive$/,
  )
  const other = await written(images(3))
  await expect(opened(other, { facts })).rejects.toThrow(/a\.zip: .*when the manifest was written/)
  const last = facts.parts.slice(3)
  await expect(opened(zip, { facts: { ...facts, parts: last } })).rejects.toThrow()
})
