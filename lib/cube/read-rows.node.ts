import type { NodeEngine } from '../engine/duckdb.node.ts'
import { ROW_COLUMNS, setColumn } from './row-columns'
import { emptyRows, indexMasks, type Rows } from './rows'

/** Read the rows of an open manifest into memory, some 200 MB at full size. */
export async function readRows(engine: NodeEngine): Promise<Rows> {
  const count = async (table: string) =>
    (
      await engine.rows<{ n: number }>({
        text: `SELECT count(*)::DOUBLE AS n FROM ${table}`,
        params: [],
      })
    )[0]?.n ?? 0
  const rows = emptyRows(await count('images'), await count('masks'))
  for (const table of ['images', 'masks'] as const) {
    const columns = await engine.columns(
      `SELECT ${ROW_COLUMNS[table].join(', ')} FROM ${table} ORDER BY ${table === 'images' ? 'image_id' : 'image_id, label_id, instance'}`,
    )
    for (const [name, column] of Object.entries(columns)) setColumn(rows, table, name, column, 0)
  }
  indexMasks(rows)
  return rows
}
