import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { entriesOf, streamed } from './collect'

const SAMPLES = '../shared/samples'
const ARCHIVE = join(SAMPLES, 'split/SA-Med2D-16M.zip')

test.skipIf(!existsSync(ARCHIVE))(
  `every entry of the sample's split archive equals its file (skipped without ${SAMPLES})`,
  async () => {
    const archive = await openArchive(ARCHIVE)
    const entries = await entriesOf(archive)
    expect(entries.filter(({ problem }) => problem)).toEqual([])
    const files = entries.filter(({ isFolder }) => !isFolder)
    expect(files).toHaveLength(39)
    for (const entry of files) {
      const file = await readFile(join(SAMPLES, entry.name))
      const data = await readEntry(archive, entry, { maxBytes: 1e6 })
      expect(file.equals(data), entry.name).toBe(true)
      expect(file.equals(await streamed(archive, entry)), entry.name).toBe(true)
    }
    await archive.close()
  },
)
