import { ahead } from '../async/ahead'
import type { Archive } from './archive'
import type { NamedLocator } from './entry'
import { planReads, type ReadGroup } from './plan-reads'
import type { ReadOptions } from './read-entry.node.ts'
import { type GroupResult, readGroup } from './read-group.node.ts'

/** Reads at a time; each brings a few MB. */
const GROUPS_AHEAD = 2

/** Packed bytes of one read. */
const GROUP_BYTES = 4 << 20

/**
 * Reads many entries in the order of the archive, each with the checks of `readEntry`. Neighbours are read
 * together. An entry that cannot be read does not stop the others.
 *
 * @throws as `ByteSource.read`.
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
