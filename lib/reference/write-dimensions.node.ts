import type { DuckDBConnection } from '@duckdb/node-api'
import { type CellValue, TableWriter } from '../engine/table-writer.node.ts'
import type { ColumnType } from '../manifest/columns'
import { AXES, type TableName, typesOf } from '../manifest/tables'
import { STAGE_CASE_COLUMNS } from '../store/staging.node.ts'
import type { Dimensions } from './dimensions'

/** Fill the staging tables that describe datasets, sub-modalities, axes, labels and cases. */
export async function writeDimensions(
  connection: DuckDBConnection,
  { datasets, submodalities, labels, labelIds, cases }: Dimensions,
): Promise<void> {
  const fill = async (table: string, types: readonly ColumnType[], rows: Iterable<CellValue[]>) => {
    const writer = await TableWriter.open(connection, table, types)
    for (const row of rows) writer.append(...row)
    writer.close()
  }
  const write = (table: TableName, rows: Iterable<CellValue[]>) => fill(table, typesOf(table), rows)
  await write(
    'datasets',
    datasets.map(({ dataset, structures, released }, id) => [
      id,
      dataset,
      structures.join('|'),
      released,
    ]),
  )
  await write(
    'submodalities',
    submodalities.map(({ submodality, modality }, id) => [id, submodality, modality]),
  )
  await write(
    'axes',
    AXES.map((axis, id) => [id, axis]),
  )
  await write(
    'labels',
    labels.map(({ label, organ, region, isLesion, isUnion, side }, id) => [
      id,
      label,
      organ,
      region,
      isLesion,
      isUnion,
      side,
    ]),
  )
  await write(
    'class_ids',
    labelIds.flatMap((ids, datasetId) =>
      ids.map((labelId, i) => {
        const classId = datasets[datasetId]?.classIds?.[i] ?? i
        return [datasetId, labelId, String(classId).padStart(4, '0')]
      }),
    ),
  )
  await fill('stage_cases', STAGE_CASE_COLUMNS, caseRows(cases))
}

function* caseRows(cases: Dimensions['cases']): Generator<CellValue[]> {
  let id = 0
  for (const [datasetId, names] of cases.entries())
    for (const name of names) yield [id++, datasetId, name]
}
