import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { sql } from '../../sql'
import { renamedLabels } from './known-fixes'

/**
 * Labels that label maps of a subset can have, ordered by name: those of all masks except merged masks. With fixes, the
 * result includes labels that a fix assigns.
 *
 * @param labels All labels of the subset, before a split is chosen. Labels then have the same number in every split.
 */
export async function labelsOfSubset(
  engine: NodeEngine,
  labels: readonly string[],
  fixKnown: boolean,
): Promise<string[]> {
  const rows = await engine.rows<{ label: string }>(
    sql`SELECT label FROM labels WHERE is_union AND label IN ${labels}`,
  )
  const merged = new Set(rows.map(({ label }) => label))
  const own = labels.filter(label => !merged.has(label))
  return [...new Set(fixKnown ? own.flatMap(renamedLabels) : own)].sort()
}
