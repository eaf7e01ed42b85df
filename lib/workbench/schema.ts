import { type TableName, tableOf } from '../manifest/tables'

/** A table or view that statements can name. */
export interface SqlTable {
  readonly name: string
  readonly doc: string
  readonly columns: readonly SqlColumn[]
}

export interface SqlColumn {
  readonly name: string
  readonly type: string
  readonly doc: string
}

/** The tables that are loaded. `boxes` and `locator` are too large. */
export const LOADED = [
  'images',
  'masks',
  'datasets',
  'submodalities',
  'axes',
  'labels',
  'class_ids',
  'cases',
  'label_sets',
  'rejects',
] as const satisfies readonly TableName[]

/** Loaded if the manifest has them. */
export const LOADED_IF_THERE = ['quality', 'duplicates'] as const satisfies readonly TableName[]

/** Columns of `masks` that repeat columns of `images`; not loaded, because a join gives them without memory. */
const LEFT_OUT: Partial<Record<TableName, readonly string[]>> = {
  masks: tableOf('cube_images').sortedBy,
  images: ['case_name'],
}

/** The columns of a table that are loaded, in the table's order. */
export const loadedColumns = (name: TableName): string[] =>
  Object.keys(tableOf(name).columns).filter(column => !LEFT_OUT[name]?.includes(column))

/** Images and masks with names instead of ids, for statements that people write. */
export const VIEWS = [
  {
    name: 'named_images',
    doc: 'Images with names in place of ids.',
    select: `SELECT image_id, modality, submodality, dataset, case_name, axis, slice, width, height,
  n_masks, n_labels, bytes
FROM images JOIN submodalities USING (submodality_id)
  JOIN datasets USING (dataset_id) JOIN cases USING (case_id) JOIN axes USING (axis_id)`,
    columns: [
      'image_id',
      'modality',
      'submodality',
      'dataset',
      'case_name',
      'axis',
      'slice',
      'width',
      'height',
      'n_masks',
      'n_labels',
      'bytes',
    ],
  },
  {
    name: 'named_masks',
    doc: 'Masks with the names of the label, modality and dataset.',
    select: `SELECT masks.image_id, modality, dataset, label, organ, region, is_lesion, is_union, side,
  instance, area, area::DOUBLE / (width::DOUBLE * height) AS share
FROM masks JOIN labels USING (label_id) JOIN images USING (image_id)
  JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)`,
    columns: [
      'image_id',
      'modality',
      'dataset',
      'label',
      'organ',
      'region',
      'is_lesion',
      'is_union',
      'side',
      'instance',
      'area',
      'share',
    ],
  },
] as const

/** Where a view's column comes from, in the order to look. */
const SOURCES = ['images', 'masks', 'submodalities', 'datasets', 'cases', 'axes', 'labels'] as const

const SHARE: SqlColumn = {
  name: 'share',
  type: 'DOUBLE',
  doc: 'share of the image covered by the mask; NULL until measured',
}

/** All that can be named, for the schema list and for completions. */
export function sqlTables(has: (name: TableName) => boolean): SqlTable[] {
  const views = VIEWS.map(({ name, doc, columns }) => ({
    name,
    doc,
    columns: columns.map(viewColumn),
  }))
  const names = [...LOADED, ...LOADED_IF_THERE.filter(has)]
  return [...views, ...names.map(name => ({ name, doc: tableOf(name).doc, columns: of(name) }))]
}

const of = (name: TableName): SqlColumn[] =>
  loadedColumns(name).map(column => {
    const { type, doc } = tableOf(name).columns[column] as { type: string; doc: string }
    return { name: column, type, doc }
  })

function viewColumn(name: string): SqlColumn {
  for (const source of SOURCES) {
    const found = of(source).find(column => column.name === name)
    if (found) return found
  }
  return SHARE
}
