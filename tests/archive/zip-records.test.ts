import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { crc32 } from '../../lib/archive/crc32.node.ts'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { centralRecord, endRecords, localRecord } from '../../lib/archive/zip-records'
import { entriesOf } from './collect'
import { opened, temporaryFolder } from './temporary-archive'

/** Writes stored files at given places; what is between takes no disk. */
async function written(files: readonly { name: string; data: Buffer; at: number }[]) {
  const path = join(await temporaryFolder(), 'a.zip')
  const file = await open(path, 'w')
  const directory: Uint8Array[] = []
  let end = 0
  for (const { name, data, at } of files) {
    const stored = { name, bytes: data.length, crc32: crc32(data) }
    const head = localRecord(stored)
    await file.write(Buffer.concat([head, data]), 0, head.length + data.length, at)
    directory.push(centralRecord(stored, at))
    end = at + head.length + data.length
  }
  const bytes = Buffer.concat(directory)
  const rest = Buffer.concat([bytes, endRecords(files.length, bytes.length, end)])
  await file.write(rest, 0, rest.length, end)
  await file.close()
  return path
}

test('entries beyond 4 GiB are found', async () => {
  const files = [0, 0xfffffffe, 0x1_8000_0000].map((at, i) => ({
    name: `masks/${i} é.png`,
    at,
    data: Buffer.from(`content ${i}`),
  }))
  const archive = await opened(await written(files))
  const entries = await entriesOf(archive)
  expect(entries.map(({ name, problem }) => [name, problem])).toEqual(
    files.map(({ name }) => [name, null]),
  )
  for (const [i, entry] of entries.entries())
    expect(Buffer.from(await readEntry(archive, entry, { maxBytes: 100 })).toString()).toBe(
      `content ${i}`,
    )
})

test('more entries than 16 bits count', async () => {
  let at = 0
  const files = Array.from({ length: 70_000 }, (_, i) => {
    const file = { name: `images/${i}.png`, data: Buffer.alloc(0), at }
    at += 30 + file.name.length
    return file
  })
  const archive = await opened(await written(files))
  expect(archive.entries).toBe(70_000)
  expect((await entriesOf(archive)).at(-1)?.name).toBe('images/69999.png')
})

test('a file of 4 GiB is refused', () => {
  expect(() => localRecord({ name: 'a', bytes: 2 ** 32, crc32: 0 })).toThrow(RangeError)
})
