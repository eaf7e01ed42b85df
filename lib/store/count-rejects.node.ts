import type { NodeEngine } from '../engine/duckdb.node.ts'
import { sql } from '../sql'

/** Count the rows of the table `rejects` for manifest.json, by reason code. */
export async function countRejects(engine: NodeEngine): Promise<Record<string, number>> {
  const rows = await engine.rows<{ reason: string; n: number }>(
    sql`SELECT reason, count(*)::DOUBLE AS n FROM rejects GROUP BY reason ORDER BY reason`,
  )
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]))
}
