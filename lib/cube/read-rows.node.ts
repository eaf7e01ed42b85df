import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Cube } from './cube'
import { ROW_COLUMNS, rowLoader } from './row-loader'
import type { Rows } from './rows'

/** Read the rows of an open manifest into memory, some 200 MB at full size. */
export async function readRows(engine: NodeEngine, { cells }: Cube): Promise<Rows> {
  const tables = {
    images: await engine.columns(
      `SELECT ${ROW_COLUMNS.images.join(', ')} FROM images ORDER BY image_id`,
    ),
    masks: await engine.columns(
      `SELECT ${ROW_COLUMNS.masks.join(', ')} FROM masks ORDER BY image_id, label_id, instance`,
    ),
  }
  const lengthOf = (columns: Record<string, unknown[]>) => Object.values(columns)[0]?.length ?? 0
  const loader = rowLoader(cells, lengthOf(tables.images), lengthOf(tables.masks))
  for (const table of ['images', 'masks'] as const)
    loader.add(table, lengthOf(tables[table]), name => tables[table][name] ?? [])
  return loader.end()
}
