import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { KEY_COLUMNS } from '../locator/name-key'
import { AXES } from '../manifest/tables'
import { SUBMODALITIES } from '../release/submodalities'
import { classifyLabel } from '../taxonomy/classify-label'
import type { ClassMap } from './read-class-map.node.ts'

/**
 * Temporary tables of an ingest: accepted rows in the order of the index, with the numbers of these tables, before
 * sorting.
 *
 * - raw_images, raw_masks: one row each; `seq` counts accepted images of the index from 0.
 * - raw_datasets, raw_submodalities, raw_axes: the names of the numbers.
 * - raw_classes: one row per dataset and class id, with the meaning of its label.
 *
 * With an archive, images and masks also have the columns of `KEY_COLUMNS`: the keys of their names.
 */
export const RAW_TABLES = {
  raw_images: {
    seq: 'UINTEGER',
    dataset: 'UINTEGER',
    submodality: 'UTINYINT',
    case_name: 'VARCHAR',
    axis_id: 'UTINYINT',
    slice: 'USMALLINT',
  },
  raw_masks: { seq: 'UINTEGER', class: 'UINTEGER', instance: 'USMALLINT' },
  raw_datasets: { dataset: 'UINTEGER', name: 'VARCHAR' },
  raw_submodalities: { submodality: 'UTINYINT', code: 'VARCHAR', modality: 'VARCHAR' },
  raw_axes: { axis_id: 'UTINYINT', axis: 'VARCHAR' },
  raw_classes: {
    class: 'UINTEGER',
    dataset: 'UINTEGER',
    class_id: 'VARCHAR',
    label: 'VARCHAR',
    organ: 'VARCHAR',
    region: 'VARCHAR',
    is_lesion: 'BOOLEAN',
    is_union: 'BOOLEAN',
    side: 'VARCHAR',
  },
} as const

type RawTable = keyof typeof RAW_TABLES

/** The numbers of names in the raw tables. */
export interface RawNumbers {
  readonly datasets: ReadonlySet<string>
  /** Dataset → its number, and class id → number in raw_classes; null for an ambiguous id. */
  readonly byDataset: ReadonlyMap<
    string,
    { readonly dataset: number; readonly classes: ReadonlyMap<string, number | null> }
  >
  readonly submodality: ReadonlyMap<string, number>
}

const columnsOf = (table: RawTable, keyed: boolean) =>
  keyed && (table === 'raw_images' || table === 'raw_masks')
    ? { ...RAW_TABLES[table], ...KEY_COLUMNS }
    : RAW_TABLES[table]

/** A writer for a raw table. */
export const rawWriter = (
  engine: NodeEngine,
  table: RawTable,
  keyed = false,
): Promise<TableWriter> =>
  TableWriter.open(engine.connection, table, Object.values(columnsOf(table, keyed)))

/**
 * Create the raw tables and fill those that name datasets, classes, sub-modalities and axes.
 *
 * @param keyed Whether images and masks have the keys of their names.
 */
export async function createRawTables(
  engine: NodeEngine,
  classMap: ClassMap,
  keyed = false,
): Promise<RawNumbers> {
  for (const table of Object.keys(RAW_TABLES) as RawTable[]) {
    const list = Object.entries(columnsOf(table, keyed)).map(
      ([column, type]) => `${column} ${type}`,
    )
    await engine.run(`CREATE TABLE ${table} (${list.join(', ')})`)
  }
  await fill(
    engine,
    'raw_submodalities',
    SUBMODALITIES.map(({ submodality, modality }, i) => [i, submodality, modality]),
  )
  await fill(
    engine,
    'raw_axes',
    AXES.map((axis, i) => [i, axis]),
  )
  await fill(
    engine,
    'raw_datasets',
    [...classMap.keys()].map((name, i) => [i, name]),
  )
  const byDataset = new Map<string, { dataset: number; classes: Map<string, number | null> }>()
  const writer = await rawWriter(engine, 'raw_classes')
  let classes = 0
  for (const [name, labels] of classMap) {
    const numbers = new Map<string, number | null>()
    const dataset = byDataset.size
    byDataset.set(name, { dataset, classes: numbers })
    const names = [...labels.values()].filter(label => label !== null)
    for (const [classId, label] of labels) {
      numbers.set(classId, label === null ? null : classes)
      if (label === null) continue
      const { organ, region, isLesion, isUnion, side } = classifyLabel(name, label, names)
      writer.append(classes++, dataset, classId, label, organ, region, isLesion, isUnion, side)
    }
  }
  writer.close()
  return {
    datasets: new Set(classMap.keys()),
    byDataset,
    submodality: new Map(SUBMODALITIES.map(({ submodality }, i) => [submodality, i])),
  }
}

async function fill(
  engine: NodeEngine,
  table: RawTable,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const writer = await rawWriter(engine, table)
  for (const row of rows) writer.append(...row)
  writer.close()
}

export async function dropRawTables(engine: NodeEngine): Promise<void> {
  for (const table of Object.keys(RAW_TABLES)) await engine.run(`DROP TABLE ${table}`)
}
