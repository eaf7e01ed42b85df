import { type BatchOptions, type BatchSource, measureBatch } from './measure-batch.node.ts'
import type { BatchCounts, Job } from './messages'
import { type Batch, writePart } from './part-file.node.ts'

/**
 * Measure a batch and write its part.
 *
 * @throws as `measureBatch`, and the disk's errors as they are.
 */
export async function measurePart(
  source: BatchSource,
  { dir, sizeOnly }: Job,
  batch: Batch,
  options: Omit<BatchOptions, 'sizeOnly'>,
): Promise<BatchCounts> {
  const { rows, ...counts } = await measureBatch(source, batch, { ...options, sizeOnly })
  await writePart(dir, batch, rows)
  return counts
}
