import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { sql } from '../../sql'
import { renamedLabels } from './known-fixes'

/**
 * Labels that label maps of a subset can have, in the order of their names: those of its masks without merged ones.
 * With fixes, also labels that a fix gives to masks.
 *
 * @param labels All labels of the subset, before one split is chosen: numbers are then the same in every split.
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
