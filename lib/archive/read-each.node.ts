import { ahead } from '../async/ahead'
import type { Archive } from './archive'
import type { NamedLocator } from './entry'
import { planReads, type ReadGroup } from './plan-reads'
import type { ReadOptions } from './read-entry.node.ts'
import { type GroupResult, readGroup } from './read-group.node.ts'

/** Reads under way at a time; each brings a few MB. */
const GROUPS_AHEAD = 2

/** Packed bytes of one read. */
const GROUP_BYTES = 4 << 20

/**
 * Many entries, in the order of the archive, each checked like `readEntry` does; neighbours come
 * with one read, and one that cannot be read does not stop the others.
 *
 * @throws what the parts throw.
 */
export async function* readEach(
  archive: Archive,
  entries: readonly NamedLocator[],
  options: ReadOptions,
): AsyncGenerator<GroupResult> {
  const groups = planReads(entries, archive.parts, { groupBytes: GROUP_BYTES })
  const read = (group: ReadGroup) => readGroup(archive, group, options)
  for await (const results of ahead(groups, GROUPS_AHEAD, read)) yield* results
}
