import { UserError } from '../errors'
import { openStore } from '../images/open-store.node.ts'
import { type BatchOptions, measureBatch } from './measure-batch.node.ts'
import type { BatchCounts, Job } from './messages'
import { type Batch, writePart } from './part-file.node.ts'
import type { OpenSource } from './source.node.ts'

/**
 * Measure a batch and write its part.
 *
 * @throws as `measureBatch`; UserError if files are missing because their folder is another one now, or
 *   none; the disk's errors as they are.
 */
export async function measurePart(
  source: OpenSource,
  job: Job,
  batch: Batch,
  options: Omit<BatchOptions, 'sizeOnly'>,
): Promise<BatchCounts> {
  const { sizeOnly } = job
  const { rows, ...counts } = await measureBatch(source, batch, { ...options, sizeOnly })
  // An archive's pictures are missing from its locator, which stays.
  if (counts.missing > 0 && source.store.kind === 'directory') await assertSameStore(job)
  await writePart(job.dir, batch, rows)
  return counts
}

/** A folder that goes away, such as a network drive, must not pass for one without pictures. */
async function assertSameStore({ folder, place, identity }: Job): Promise<void> {
  const store = await openStore(folder, place)
  await store?.close()
  if (store?.identity !== identity)
    throw new UserError(`${place}: changed while it was being measured; measure again`)
}
