import type { NodeEngine } from '../engine/duckdb.node.ts'
import { type TableName, tableOf } from '../manifest/tables'

/** Tables that say what the ids of a manifest stand for; neither measuring nor an upgrade changes them. */
const TABLES = ['datasets', 'submodalities', 'axes', 'labels', 'class_ids', 'rejects'] as const

/**
 * Fill staging tables from a manifest with everything but its images and masks.
 *
 * @param table What stands for a table of the manifest in FROM.
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
