import type { NodeEngine } from '../engine/duckdb.node.ts'
import { seededHashSql } from '../queries/seeded-hash'
import { sql } from '../sql'
import { SPLIT_NAMES } from './recipe'

/**
 * Keep the requested number of images of each split, in a shuffle that depends only on id and seed.
 *
 * @param counts Images of each split; null for all.
 * @returns Number of images that are no longer in a split.
 */
export async function drawSlices(
  engine: NodeEngine,
  counts: readonly (number | null)[],
  seed: number,
): Promise<number> {
  const before = await countSplit(engine)
  for (const [nth, count] of counts.entries()) {
    if (count === null) continue
    await engine.rows(sql`DELETE FROM subset_splits WHERE split = ${SPLIT_NAMES[nth] ?? ''} AND image_id NOT IN (
      SELECT image_id FROM (
        SELECT image_id, row_number() OVER (ORDER BY ${seededHashSql(sql`image_id`, seed)}) AS nth
        FROM subset_splits WHERE split = ${SPLIT_NAMES[nth] ?? ''})
      WHERE nth <= ${count})`)
  }
  return before - (await countSplit(engine))
}

async function countSplit(engine: NodeEngine): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM subset_splits`,
  )
  return row?.n ?? 0
}
