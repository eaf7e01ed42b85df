import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { sql } from '../sql'
import { maskRows, selectedMasksWhere } from './where'

/** Distinct label names of the selected masks, those of merged masks included. */
export async function countLabels(engine: Engine, selection: Selection): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(DISTINCT label)::DOUBLE AS n FROM labels WHERE label_id IN (
      SELECT label_id FROM ${maskRows(selection)} WHERE ${selectedMasksWhere(selection)})`,
  )
  return row?.n ?? 0
}
