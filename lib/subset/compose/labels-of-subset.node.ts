import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { sql } from '../../sql'
import { fixOf } from './known-fixes'

/**
 * Labels that label maps of the subset can have, in the order of their names: those of its masks without merged ones,
 * with the names that fixes give them.
 */
export async function labelsOfSubset(engine: NodeEngine, fixKnown: boolean): Promise<string[]> {
  const rows = await engine.rows<{ dataset: string; label: string; class_id: string }>(
    sql`SELECT DISTINCT dataset, label, class_id
      FROM (SELECT DISTINCT dataset_id, label_id
        FROM (SELECT image_id, label_id FROM subset_masks)
          JOIN (SELECT image_id, dataset_id FROM images) USING (image_id))
        JOIN datasets USING (dataset_id) JOIN labels USING (label_id)
        JOIN class_ids USING (dataset_id, label_id)
      WHERE NOT is_union`,
  )
  const labels = rows.flatMap(({ dataset, label, class_id: classId }) => {
    const fix = fixKnown ? fixOf({ dataset, label, classId }) : null
    if (fix?.kind === 'leave-out') return []
    return [fix?.kind === 'rename' ? fix.label : label]
  })
  return [...new Set(labels)].sort()
}
