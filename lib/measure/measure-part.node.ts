import { UserError } from '../errors'
import { openStore } from '../images/open-store.node.ts'
import { type BatchOptions, measureBatch } from './measure-batch.node.ts'
import type { BatchCounts, Job } from './messages'
import { type Batch, writePart } from './part-file.node.ts'
import type { OpenSource } from './source.node.ts'

/**
 * Measure a batch and write the part file.
 *
 * @throws as `measureBatch`; UserError if files are missing because the release folder was replaced or removed; errors
 *   of the disk.
 */
export async function measurePart(
  source: OpenSource,
  job: Job,
  batch: Batch,
  options: Omit<BatchOptions, 'sizeOnly' | 'retry'>,
): Promise<BatchCounts> {
  const { sizeOnly, retry } = job
  const { rows, ...counts } = await measureBatch(source, batch, { ...options, sizeOnly, retry })
  // In an archive, a missing picture is one without a locator row, so the archive need not be checked again.
  if (counts.missing > 0 && source.store.kind === 'directory') await assertSameStore(job)
  await writePart(job.dir, batch, rows)
  return counts
}

/** Check that the folder is still the same. If a network drive disappears, all pictures would seem to be missing. */
async function assertSameStore({ folder, place, allowRoots, identity }: Job): Promise<void> {
  const store = await openStore(folder, place, { allowRoots })
  await store?.close()
  if (store?.identity !== identity)
    throw new UserError(`${place}: changed while it was being measured; measure again`)
}
