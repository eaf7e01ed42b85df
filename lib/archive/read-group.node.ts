import type { Archive } from './archive'
import { type NamedLocator, STORED } from './entry'
import { EntryError } from './entry-error'
import type { ReadGroup } from './plan-reads'
import { checkSize, type ReadOptions, readEntry } from './read-entry.node.ts'
import { readPacked } from './read-packed'
import { checkLocator, unpack } from './unpack.node.ts'

/** The data of one entry of a group, or why it cannot be read. */
export type GroupResult<Entry extends NamedLocator = NamedLocator> = { readonly entry: Entry } & (
  | { readonly data: Uint8Array; readonly error?: undefined }
  | { readonly error: EntryError; readonly data?: undefined }
)

/**
 * Reads all entries of a group at once, each with the checks of `readEntry`. An entry that cannot be read does
 * not stop the others.
 *
 * @param group Of `planReads`, for this archive.
 * @returns Results in the order of the group.
 * @throws as `ByteSource.read`.
 */
export async function readGroup<Entry extends NamedLocator>(
  archive: Archive,
  group: ReadGroup<Entry>,
  options: ReadOptions,
): Promise<GroupResult<Entry>[]> {
  const { parts } = archive
  const [first] = group.entries
  if (!first) return []
  // A single entry can have any size, so `readEntry` checks that before it reads.
  const isShared = group.entries.length > 1 && parts.has(first)
  const start = parts.position(first)
  const length = Math.min(group.bytes, parts.size - start)
  const bytes = isShared ? await parts.read(first, length, options.signal) : null
  const readOne = async (entry: Entry) => {
    if (!bytes) return readEntry(archive, entry, options)
    checkLocator(entry, parts)
    checkSize(entry, parts, options)
    const here = bytes.subarray(parts.position(entry) - start)
    const { signal } = options
    try {
      const { data } = await readPacked(parts, entry, entry.compressedBytes, signal, here)
      const unpacked = await unpack(data, entry, parts)
      // A copy, because a view would keep the bytes of the whole group in memory.
      return entry.method === STORED ? unpacked.slice() : unpacked
    } catch (error) {
      if (!(parts.isRemote && error instanceof EntryError && error.mayBeDamage)) throw error
      archive.counters.retries++
      return readEntry(archive, entry, options)
    }
  }
  const results: GroupResult<Entry>[] = []
  for (const entry of group.entries)
    try {
      results.push({ entry, data: await readOne(entry) })
    } catch (error) {
      if (!(error instanceof EntryError)) throw error
      results.push({ entry, error })
    }
  return results
}
