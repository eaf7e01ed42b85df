import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { sql } from '../sql'
import { maskRows, selectedImagesWhere, selectedMasksWhere } from './where'

/** How many selected images or masks have a flag. */
export interface FlagCount {
  readonly of: 'image' | 'mask'
  readonly flag: string
  readonly n: number
}

/**
 * The flags of the selected images and masks; flags that none of them has are absent. The manifest must have the
 * table `quality`.
 */
export const qualityCounts = (
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<FlagCount[]> =>
  engine.rows<FlagCount>(
    sql`SELECT 'image' AS "of", flag, count(*)::DOUBLE AS n FROM quality
        WHERE label_id IS NULL
          AND image_id IN (SELECT image_id FROM images WHERE ${selectedImagesWhere(selection)})
        GROUP BY flag
      UNION ALL
      SELECT 'mask' AS "of", flag, count(*)::DOUBLE AS n
        FROM quality q SEMI JOIN (
          SELECT image_id, label_id, instance FROM ${maskRows(selection)}
          WHERE ${selectedMasksWhere(selection)}) s
          ON q.image_id = s.image_id AND q.label_id = s.label_id AND q.instance = s.instance
        GROUP BY flag
      ORDER BY "of", flag`,
    signal,
  )
