import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CENTRAL,
  directoryEntries,
  directoryPlace,
  type LargeLayout,
  largeEnd,
  localHeaderOf,
  partBytes,
} from '../fixtures/large-directory'

/** Entries of the directory that are made at a time. */
const BATCH = 20_000

/**
 * Writes a split archive of any number of entries, in three parts: the directory is all there, of the
 * data only the local headers at the parts' ends; the rest are holes, which take no disk.
 *
 * @returns Path of its `.zip`.
 */
export async function writeLargeArchive(dir: string, entries: number): Promise<string> {
  const layout: LargeLayout = { entries, perPart: Math.ceil(entries / 3) }
  const paths = ['large.z01', 'large.z02', 'large.zip'].map(name => join(dir, name))
  const files = await Promise.all(paths.map(path => open(path, 'w')))
  try {
    for (const [part, file] of files.entries()) {
      const first = part * layout.perPart
      const last = Math.min(entries, first + layout.perPart) - 1
      for (const entry of [first, last]) {
        const { bytes, offset } = localHeaderOf(layout, entry)
        await file.write(bytes, 0, bytes.length, offset)
      }
      if (part < files.length - 1) await file.truncate(partBytes(layout))
    }
    await writeDirectory(files.at(-1) as FileHandle, layout)
  } finally {
    await Promise.all(files.map(file => file.close()))
  }
  return paths.at(-1) as string
}

async function writeDirectory(file: FileHandle, layout: LargeLayout): Promise<void> {
  const { offset } = directoryPlace(layout)
  for (let first = 0; first < layout.entries; first += BATCH) {
    const bytes = directoryEntries(layout, first, Math.min(BATCH, layout.entries - first))
    await file.write(bytes, 0, bytes.length, offset + first * CENTRAL)
  }
  const end = largeEnd(layout)
  await file.write(end, 0, end.length, offset + layout.entries * CENTRAL)
}
