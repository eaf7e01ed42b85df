import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { noise } from '../fixtures/noise'
import { entriesOf } from './collect'
import { opened, temporaryFolder } from './temporary-archive'

const isMissing = spawnSync('zip', ['-v']).error !== undefined

test.skipIf(isMissing).for([
  { what: 'split', options: ['-s', '64k'] },
  { what: 'split, Zip64 forced', options: ['-s', '64k', '-fz'] },
  { what: 'single', options: [] },
  { what: 'single, Zip64 forced, with a comment', options: ['-fz', '-z'] },
  { what: 'single, with data descriptors', options: ['-fd'] },
])("Info-ZIP's own archives: $what (skipped without zip)", async ({ options }) => {
  const dir = await temporaryFolder()
  await mkdir(join(dir, 'images/é ü'), { recursive: true })
  const files = new Map(
    Array.from({ length: 300 }, (_, i) => [
      i % 9 ? `images/${i}.png` : `images/é ü/${i}.png`,
      // Some shrink, some are stored, one is larger than a part, one is empty.
      i === 50 ? noise(150_000, i) : i % 2 ? noise(i * 3, i) : Buffer.alloc(i * 5, 'ab'),
    ]),
  )
  for (const [name, data] of files) await writeFile(join(dir, name), data)
  execFileSync('zip', ['-q', '-r', ...options, 'a.zip', 'images'], {
    cwd: dir,
    input: 'a comment\n.\n',
  })
  const archive = await opened(join(dir, 'a.zip'))
  const entries = await entriesOf(archive)
  const found = entries.filter(({ isFolder }) => !isFolder)
  expect(found.map(({ name }) => name).sort()).toEqual([...files.keys()].sort())
  let mostReads = 0
  for (const entry of found) {
    expect(entry.problem, entry.name).toBeNull()
    const before = archive.counters.requests
    const data = await readEntry(archive, entry, { maxBytes: 1e6 })
    if (entry.compressedBytes < 60_000)
      mostReads = Math.max(mostReads, archive.counters.requests - before)
    expect(files.get(entry.name)?.equals(data), entry.name).toBe(true)
  }
  expect(mostReads).toBeLessThanOrEqual(options.includes('-s') ? 2 : 1)
})
