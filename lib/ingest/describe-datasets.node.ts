import curated from '../../data/datasets.json'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { typesOf } from '../manifest/tables'
import { sql } from '../sql'
import { STRUCTURES } from '../taxonomy/organs'

interface DatasetLabels {
  dataset_id: number
  name: string
  regions: string | null
  has_lesion: boolean
}

const known = new Map(curated.datasets.map(row => [row.dataset, row]))

/**
 * Fill `datasets` from dataset_ids and used_classes of `resolveRows`. Structures of known datasets are curated; those
 * of other datasets follow from their labels.
 */
export async function describeDatasets(engine: NodeEngine): Promise<void> {
  const rows = await engine.rows<DatasetLabels>(sql`
    SELECT dataset_id, any_value(name) AS name,
      string_agg(DISTINCT region, '|') AS regions, coalesce(bool_or(is_lesion), false) AS has_lesion
    FROM dataset_ids LEFT JOIN used_classes USING (dataset)
    GROUP BY dataset_id ORDER BY dataset_id`)
  const columns = typesOf('datasets')
  const writer = await TableWriter.open(engine.connection, 'datasets', columns)
  for (const row of rows) {
    const structures = known.get(row.name)?.structures ?? structuresOf(row)
    writer.append(
      row.dataset_id,
      row.name,
      structures.length === 0 ? null : structures.join('|'),
      known.get(row.name)?.released ?? null,
    )
  }
  writer.close()
}

function structuresOf({ regions, has_lesion }: DatasetLabels): string[] {
  const found = new Set(regions?.split('|'))
  if (has_lesion) found.add('Lesion')
  return STRUCTURES.filter(structure => found.has(structure))
}
