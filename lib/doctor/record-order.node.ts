import type { Parts } from '../archive/parts'
import { command } from '../command-name.node.ts'
import { UserError } from '../errors'
import { formatCount } from '../format'
import type { Range } from './ranges'
import { type DirectoryRecord, readRecords } from './records.node.ts'

/** Records that are sorted in memory at most. */
const MAX_SORTED = 500_000

/**
 * The records of a directory in the order of their entries.
 *
 * @param isOrdered Whether the directory has that order already, as nearly all programs write it; it is then
 *   read piece by piece.
 * @throws UserError if too many records would have to be sorted.
 */
export async function* inOrder(
  parts: Parts,
  directory: Range,
  isOrdered: boolean,
): AsyncGenerator<readonly DirectoryRecord[]> {
  const batches = readRecords(parts, directory, () => {})
  if (isOrdered) {
    yield* batches
    return
  }
  const all: DirectoryRecord[] = []
  for await (const batch of batches) {
    all.push(...batch)
    if (all.length > MAX_SORTED)
      throw new UserError(
        `the directory does not have the order of the entries, and has more than ${formatCount(MAX_SORTED)}; check the archive with ${command('verify', '--manifest', 'DIR', '--images', 'ZIP', '--all')} instead`,
      )
  }
  yield all.toSorted(({ entry: a }, { entry: b }) => a.part - b.part || a.offset - b.offset)
}
