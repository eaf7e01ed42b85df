import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from '../../archive/crc32.node.ts'
import type { NamedLocator } from '../../archive/entry'
import { retryLocked } from '../../retry-locked.node.ts'
import { assertRoom } from './disk-room.node.ts'
import { lockFetch } from './fetch-lock.node.ts'
import type { Companion, Sink } from './sink'
import { partialOf } from './slot-file.node.ts'
import type { Wanted } from './wanted'

/** In bytes. Larger files are read in chunks. */
const AT_ONCE_BYTES = 16 << 20

/** Name of the lock file in a target folder. */
export const LOCK_FILE = '.samed2d-fetch.lock'

/**
 * A folder in the release's layout. Files are written under a temporary name and then renamed, so that every file with
 * its final name is complete.
 */
export function folderSink(out: string, wanted: Wanted, companions: readonly Companion[]): Sink {
  let unlock = async () => {}
  return {
    out,
    async open() {
      await mkdir(out, { recursive: true })
      unlock = await lockFetch(join(out, LOCK_FILE), out)
      await assertRoom(out, wanted, () => sizeOfThere(out, wanted))
      await writeCompanions(out, companions)
      if (wanted.files > 0)
        for (const folder of ['images', 'masks'])
          await mkdir(join(out, folder), { recursive: true })
    },
    async *batches() {
      for await (const files of wanted.pages())
        yield {
          files,
          isGood: file => isGood(join(out, file.path), file),
          store: (file, data) => writeWhole(join(out, file.path), data),
          end: async () => {},
        }
    },
    async finish() {},
    close: () => unlock(),
  }
}

/** Write files beside the pictures into a folder. Each file is either complete or absent. Correct files are kept. */
export async function writeCompanions(
  out: string,
  companions: readonly Companion[],
): Promise<void> {
  for (const { name, content, known } of companions) {
    const path = join(out, name)
    if (known && (await isGood(path, known))) continue
    await mkdir(dirname(path), { recursive: true })
    await written(path, partial => pipeline(Readable.from(content()), createWriteStream(partial)))
  }
}

/** Whether a file exists with the size and CRC-32 given by the archive's directory. */
async function isGood(
  path: string,
  { bytes, crc32: crc }: Pick<NamedLocator, 'bytes' | 'crc32'>,
): Promise<boolean> {
  try {
    if ((await stat(path)).size !== bytes) return false
    if (bytes < AT_ONCE_BYTES) return crc32(await readFile(path)) === crc
    let sum = 0
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      sum = crc32(chunk, sum)
    return sum === crc
  } catch {
    return false
  }
}

/** Write a file under a temporary name, then rename it. */
export const writeWhole = (path: string, data: Uint8Array): Promise<void> =>
  written(path, partial => writeFile(partial, data))

async function written(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = partialOf(path)
  try {
    await write(partial)
    await retryLocked(() => rename(partial, path))
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function sizeOfThere(out: string, wanted: Wanted) {
  const there = { bytes: 0, files: 0 }
  for await (const files of wanted.pages())
    for (const { path, bytes } of files) {
      const found = await stat(join(out, path)).catch(() => null)
      if (found?.size !== bytes) continue
      there.bytes += bytes
      there.files++
    }
  return there
}
