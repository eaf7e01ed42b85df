import type { NodeEngine } from '../engine/duckdb.node.ts'
import { sql } from '../sql'
import type { Cube } from './cube'
import { ROW_COLUMNS, rowLoader } from './row-loader'
import type { Rows } from './rows'

/** Read the rows of an open manifest into memory, some 200 MB at full size. */
export async function readRows(engine: NodeEngine, cube: Cube): Promise<Rows> {
  const tables = {
    cases: await engine.columns(
      `SELECT ${ROW_COLUMNS.cases.join(', ')} FROM cases ORDER BY case_id`,
    ),
    images: await engine.columns(
      `SELECT ${ROW_COLUMNS.images.join(', ')} FROM images ORDER BY image_id`,
    ),
    masks: await engine.columns(
      `SELECT ${ROW_COLUMNS.masks.join(', ')} FROM masks ORDER BY image_id, label_id, instance`,
    ),
  }
  const lengthOf = (columns: Record<string, unknown[]>) => Object.values(columns)[0]?.length ?? 0
  const [labels] = await engine.rows<{ n: number }>(sql`SELECT count(*)::DOUBLE AS n FROM labels`)
  const loader = rowLoader(cube, labels?.n ?? 0, lengthOf(tables.images), lengthOf(tables.masks))
  for (const table of ['cases', 'images', 'masks'] as const)
    loader.add(table, lengthOf(tables[table]), name => tables[table][name] ?? [])
  return loader.end()
}
