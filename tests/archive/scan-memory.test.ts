import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Archive } from '../../lib/archive/archive'
import { newCounters } from '../../lib/archive/byte-source'
import { Parts } from '../../lib/archive/parts'
import { scanDirectory } from '../../lib/archive/scan-directory.node.ts'
import { directorySource, nameOf } from '../fixtures/large-directory'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const BLOCK = 1 << 20

/** Most bytes that are alive between two blocks, and read ahead, while a directory is scanned. */
async function scan(entries: number) {
  const source = directorySource({ entries, perPart: entries })
  const archive: Archive = {
    location: source.name,
    // Only the directory is there; that the data lie outside is a problem of each entry.
    parts: new Parts([source]),
    entries,
    directory: { part: 0, offset: 0 },
    directoryBytes: source.size,
    counters: newCounters(),
    close: source.close,
  }
  let [seen, alive, ahead, block] = [0, 0, 0, 0]
  for await (const batch of scanDirectory(archive, { blockBytes: BLOCK })) {
    expect(batch.entries[0]?.name).toBe(nameOf(seen))
    expect(batch.entries.length).toBeLessThanOrEqual(4096)
    seen += batch.entries.length
    ahead = Math.max(ahead, source.bytesRead - batch.bytesDone)
    if (block++ % 40 > 0 && seen < entries) continue
    collectGarbage()
    // Buffers are given back beside the collection, and some only by the next one.
    await setImmediate()
    collectGarbage()
    const { heapUsed, external, arrayBuffers } = process.memoryUsage()
    alive = Math.max(alive, heapUsed + external + arrayBuffers)
  }
  expect(seen).toBe(entries)
  return { alive, ahead }
}

test('memory does not depend on the number of entries', async () => {
  const small = await scan(10_000)
  const large = await scan(1_000_000)
  expect(large.ahead).toBeLessThanOrEqual(2 * BLOCK)
  // The names alone would be 70 MB.
  expect(large.alive - small.alive).toBeLessThan(45e6)
}, 120_000)
