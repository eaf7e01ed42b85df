import type { NodeEngine } from '../engine/duckdb.node.ts'
import { browserColumns } from '../manifest/tables'
import type { Cube } from './cube'
import { type Column, CUBE_TABLES, type CubeColumns, cubeOf } from './cube-of'

/** Read the cubes of an open manifest into memory, some 20 MB at full size. */
export async function readCube(engine: NodeEngine): Promise<Cube> {
  const columns: Record<string, Record<string, Column>> = {}
  for (const table of CUBE_TABLES)
    columns[table] = await engine.columns(
      `SELECT ${browserColumns(table).join(', ')} FROM ${table}`,
    )
  return cubeOf(columns as CubeColumns)
}
