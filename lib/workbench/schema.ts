import { KNOWN_AXES } from '../axes/known-axes'
import { columnOf, type TableName, tableOf } from '../manifest/tables'

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

/** The tables that are loaded; `mask_boxes` and `locator` are too large. */
export const LOADED = [
  'images',
  'masks',
  'datasets',
  'submodalities',
  'axes',
  'labels',
  'class_ids',
  'cases',
  'patients',
  'label_sets',
  'rejects',
] as const satisfies readonly TableName[]

/** Loaded if the manifest has them. */
export const LOADED_IF_THERE = ['quality', 'duplicates'] as const satisfies readonly TableName[]

/** Columns of `masks` that repeat columns of `images`; not loaded, because a join gives them without memory. */
const LEFT_OUT: Partial<Record<TableName, readonly string[]>> = {
  masks: [...tableOf('cube_images').sortedBy, 'bytes'],
  images: ['case_name'],
}

/** The columns of a table that are loaded, in the table's order. */
export const loadedColumns = (name: TableName): string[] =>
  Object.keys(tableOf(name).columns).filter(column => !LEFT_OUT[name]?.includes(column))

/** A view: columns of tables that are joined by their keys, and computed columns. */
interface View {
  readonly name: string
  readonly doc: string
  readonly columns: readonly string[]
  readonly from: string
}

/** Columns of an image, from all tables that its keys lead to. */
const OF_IMAGE = [
  'modality',
  'submodality',
  'dataset',
  'structures',
  'is_released',
  'patient',
  'patient_rule',
  'case_name',
  'axis',
  'axis_name',
  'axis_known',
  'slice',
  'width',
  'height',
]

const literal = (text: string | undefined) =>
  text === undefined ? 'NULL' : `'${text.replaceAll("'", "''")}'`

/**
 * Datasets with the planes of their axes. Joined to the few datasets, not to the images, so that statements that
 * do not ask for it pay nothing.
 */
const DATASETS = `(SELECT datasets.*, x_name, y_name, z_name, axes_known
  FROM datasets LEFT JOIN (VALUES
    ${KNOWN_AXES.filter(({ names }) => names !== undefined)
      .map(
        ({ dataset, names, strength }) =>
          `(${[dataset, names?.x, names?.y, names?.z, strength].map(literal).join(', ')})`,
      )
      .join(',\n    ')}
  ) known_axes(dataset, x_name, y_name, z_name, axes_known) USING (dataset))`

const IMAGE_KEYS = `JOIN submodalities USING (submodality_id) JOIN ${DATASETS} USING (dataset_id)
  JOIN (SELECT case_id, case_name, patient_id FROM cases) USING (case_id)
  JOIN (SELECT patient_id, patient, rule FROM patients) USING (patient_id)
  JOIN axes USING (axis_id)`

const NAMED: readonly View[] = [
  {
    name: 'named_images',
    doc: 'Images with names in place of ids.',
    columns: ['image_id', ...OF_IMAGE, 'n_masks', 'n_labels', 'bytes', 'flags'],
    from: `images ${IMAGE_KEYS}`,
  },
  {
    name: 'named_masks',
    doc: 'Masks with all that is known of their labels and images.',
    columns: [
      'image_id',
      'label',
      'organ',
      'region',
      'is_lesion',
      'is_union',
      'side',
      'instance',
      'area',
      'area_share',
      ...OF_IMAGE,
    ],
    from: `masks JOIN labels USING (label_id) JOIN images USING (image_id) ${IMAGE_KEYS}`,
  },
]

const PLANE = `CASE axis WHEN 'x' THEN x_name WHEN 'y' THEN y_name WHEN 'z' THEN z_name END`

/** Computed columns of views. */
const COMPUTED: Readonly<Record<string, SqlColumn & { readonly as: string }>> = {
  area_share: {
    name: 'area_share',
    type: 'DOUBLE',
    doc: 'share of the image covered by the mask, 0 to 1; NULL until measured',
    as: 'area::DOUBLE / (width::DOUBLE * height)',
  },
  axis_name: {
    name: 'axis_name',
    type: 'VARCHAR',
    doc: 'plane of slices along the axis: axial, coronal, sagittal or short-axis; NULL if not known',
    as: PLANE,
  },
  axis_known: {
    name: 'axis_known',
    type: 'VARCHAR',
    doc: 'how axis_name is known: seen or presumed; NULL if there is none',
    as: `CASE WHEN ${PLANE} IS NOT NULL THEN axes_known END`,
  },
  patient_rule: {
    name: 'patient_rule',
    type: 'VARCHAR',
    doc: tableOf('patients').columns.rule?.doc ?? '',
    as: 'rule',
  },
}

/** Images and masks with names instead of ids, for statements that people write. */
export const VIEWS = NAMED.map(({ columns, from, ...view }) => ({
  ...view,
  columns,
  select: `SELECT ${columns.map(name => (COMPUTED[name] ? `${COMPUTED[name].as} AS ${name}` : name)).join(', ')}
FROM ${from}`,
}))

/** The tables that describe a view's columns; the first one with a column counts. */
const SOURCES = [
  'images',
  'masks',
  'submodalities',
  'datasets',
  'cases',
  'patients',
  'axes',
  'labels',
] as const

/** All tables and views, for the schema list and for completions. */
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
    const { type, doc } = columnOf(name, column)
    return { name: column, type, doc }
  })

function viewColumn(name: string): SqlColumn {
  const computed = COMPUTED[name]
  if (computed) return { name, type: computed.type, doc: computed.doc }
  for (const source of SOURCES) {
    const found = of(source).find(column => column.name === name)
    if (found) return found
  }
  throw new RangeError(`no table has the column ${name}`)
}
