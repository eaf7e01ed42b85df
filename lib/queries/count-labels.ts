import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { sql } from '../sql'
import { maskCells, type Source, selectedMasksWhere } from './cells'

/** Distinct label names of the selected masks, union labels included. */
export async function countLabels(
  engine: Engine,
  selection: Selection,
  source: Source,
): Promise<number> {
  const cells = maskCells(source, selection)
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(DISTINCT label)::DOUBLE AS n FROM labels WHERE label_id IN (
      SELECT label_id FROM ${cells.table} WHERE ${selectedMasksWhere(selection, source)})`,
  )
  return row?.n ?? 0
}
