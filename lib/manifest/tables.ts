import {
  areaBin,
  type Column,
  type ColumnType,
  caseId,
  imageId,
  instance,
  labelId,
  labelSetId,
  typeInMemory,
} from './columns'
import { CUBES } from './cube-tables'
import { DIMENSIONS } from './dimension-tables'
import { EXTRAS } from './extra-tables'
import { IMAGE_ATTRIBUTES, IMAGE_COLUMNS, type ImageColumn, imageColumns } from './image-attributes'
import type { LoadStage, Table } from './table'

/**
 * The definition of the manifest's tables: names, types, nulls, units, meaning, order. Writers derive their DDL from
 * it, readers their column lists, `verify` its checks, and docs/manifest.md its text.
 */

export const TABLES = {
  ...DIMENSIONS,
  images: {
    doc: 'One row per image.',
    load: ['rows'],
    sortedBy: ['image_id'],
    notInBrowser: ['case_name', 'n_labels'],
    columns: {
      image_id: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'dense, from 0, in order of modality, dataset, case, axis, slice, sub-modality',
      },
      dataset_id: imageColumns.dataset_id,
      submodality_id: imageColumns.submodality_id,
      case_id: caseId,
      case_name: { type: 'VARCHAR', doc: 'ori name, as in cases' },
      axis_id: imageColumns.axis_id,
      slice: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        nullable: true,
        doc: 'slice number along the axis; NULL for 2d',
      },
      width: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        nullable: true,
        doc: 'px; NULL until measured',
      },
      height: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        nullable: true,
        doc: 'px; NULL until measured',
      },
      width_bin: imageColumns.width_bin,
      height_bin: imageColumns.height_bin,
      aspect_bin: imageColumns.aspect_bin,
      n_masks: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'masks of the image' },
      masks_bin: imageColumns.masks_bin,
      n_labels: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'distinct labels of the image' },
      bytes: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        nullable: true,
        doc: 'size of the PNG in bytes; NULL if unknown',
      },
      label_set_id: labelSetId,
      flags: imageColumns.flags,
    } satisfies Readonly<Record<ImageColumn, Column> & Record<string, Column>>,
  },
  masks: {
    doc: 'One row per mask; repeats the facets of its image to save a join.',
    load: ['rows'],
    sortedBy: ['image_id', 'label_id', 'instance'],
    // The browser reads the facets of a mask from its image.
    notInBrowser: ['instance', 'bytes', ...IMAGE_COLUMNS],
    columns: {
      image_id: imageId,
      label_id: labelId,
      instance,
      area: { type: 'INTEGER', loadAs: 'UINTEGER', nullable: true, doc: 'px; NULL until measured' },
      area_bin: areaBin,
      bytes: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        nullable: true,
        doc: 'size of the PNG in bytes; NULL if unknown',
      },
      ...imageColumns,
    },
  },
  mask_boxes: {
    doc: 'One row per measured mask, in the order of masks: its half-open bounding box.',
    load: [],
    sortedBy: ['image_id', 'label_id', 'instance'],
    columns: {
      image_id: imageId,
      label_id: labelId,
      instance,
      x0: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'px, left edge' },
      y0: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'px, top edge' },
      x1: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'px, right edge, exclusive' },
      y1: { type: 'INTEGER', loadAs: 'USMALLINT', doc: 'px, bottom edge, exclusive' },
    },
  },
  ...CUBES,
  ...EXTRAS,
  rejects: {
    doc: 'One row per rejected input.',
    load: [],
    sortedBy: ['input'],
    columns: {
      input: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'order of rejection, from 0' },
      kind: {
        type: 'VARCHAR',
        doc: 'image, mask, class (an entry of the class map) or entry (a file of the archive)',
      },
      reason: { type: 'VARCHAR', doc: 'reason code' },
      text: { type: 'VARCHAR', doc: 'the input as it was read' },
      listed_under: {
        type: 'VARCHAR',
        nullable: true,
        doc: 'for masks, the image they are listed under; for classes, the dataset',
      },
    },
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof TABLES

/** The table's definition with its literal types widened, for code that walks over columns. */
export const tableOf = (name: TableName): Table => TABLES[name]

const ALL_NAMES = Object.keys(TABLES) as TableName[]

/** The tables that every manifest has. */
export const TABLE_NAMES = ALL_NAMES.filter(name => !tableOf(name).optional)

/** The tables that a manifest may have. */
export const OPTIONAL_TABLES = ALL_NAMES.filter(name => tableOf(name).optional)

/** The tables that a stage loads. */
export const tablesOf = (stage: LoadStage): TableName[] =>
  TABLE_NAMES.filter(name => tableOf(name).load.includes(stage))

/**
 * `CREATE TABLE` text for one table in memory; NOT NULL wherever the definition allows no NULL.
 *
 * @param columns Names of columns; by default all columns of the table.
 */
export function createTableSql(
  name: TableName,
  as: string = name,
  columns: readonly string[] = Object.keys(tableOf(name).columns),
): string {
  const definitions = columns.map(column => {
    const definition = columnOf(name, column)
    return `"${column}" ${typeInMemory(definition)}${definition.nullable ? '' : ' NOT NULL'}`
  })
  return `CREATE TABLE ${as} (${definitions.join(', ')})`
}

/** Types in memory of a table's columns, in the table's order. */
export const typesOf = (name: TableName): ColumnType[] =>
  Object.values(tableOf(name).columns).map(typeInMemory)

/**
 * The table's column of that name.
 *
 * @throws RangeError if it has no such column.
 */
export function columnOf(name: TableName, column: string): Column {
  const found = tableOf(name).columns[column]
  if (!found) throw new RangeError(`${name} has no column ${column}`)
  return found
}

/** Names of the columns that the browser loads, in the table's order. */
export function browserColumns(name: TableName): string[] {
  const table = tableOf(name)
  return Object.keys(table.columns).filter(column => !table.notInBrowser?.includes(column))
}

/** Axis codes, fixed by the format: the position is the `axis_id`. */
export const AXES = IMAGE_ATTRIBUTES.axis.values
export type Axis = (typeof AXES)[number]
