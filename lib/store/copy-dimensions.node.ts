import type { NodeEngine } from '../engine/duckdb.node.ts'
import { type TableName, tableOf } from '../manifest/tables'

/** Tables that give the ids of a manifest their meaning, and `rejects`. Measuring and upgrades do not change them. */
const TABLES = ['datasets', 'submodalities', 'axes', 'labels', 'class_ids', 'rejects'] as const

/**
 * Copy a manifest's dimension tables, `rejects` and `cases` into the staging tables. Images and masks are left out.
 *
 * @param table Returns the FROM expression of a table of the manifest.
 */
export async function copyDimensions(
  engine: NodeEngine,
  table: (name: TableName) => string,
): Promise<void> {
  for (const name of TABLES)
    await engine.run(
      `INSERT INTO ${name} BY NAME FROM ${table(name)} ORDER BY ${tableOf(name).sortedBy.join(', ')}`,
    )
  await engine.run(
    `INSERT INTO stage_cases SELECT case_id, dataset_id, case_name FROM ${table('cases')} ORDER BY case_id`,
  )
}
