import {
  areaBin,
  aspectBin,
  axisId,
  caseId,
  cubeGrain,
  datasetId,
  flags,
  heightBin,
  imageId,
  instance,
  labelId,
  labelSetId,
  masksBin,
  submodalityId,
  widthBin,
} from './columns'
import { CUBE_GRAIN, CUBES } from './cube-tables'
import type { LoadStage, Table } from './table'

/**
 * The one definition of the manifest's tables: names, types, nulls, units, meaning, order.
 * Writers build their DDL from it, readers their column lists, `verify` its checks, and
 * docs/manifest.md its text.
 */

export const TABLES = {
  datasets: {
    doc: 'One row per source dataset.',
    load: ['cubes', 'rows'],
    sortedBy: ['dataset_id'],
    columns: {
      dataset_id: { type: 'USMALLINT', doc: 'dense, from 0, in order of the name' },
      dataset: { type: 'VARCHAR', doc: 'name as in the file names' },
      structures: {
        type: 'VARCHAR',
        nullable: true,
        doc: 'anatomical structures that the dataset covers, joined by "|"; NULL if none is known',
      },
      is_released: {
        type: 'BOOLEAN',
        nullable: true,
        doc: 'known to be in the public release; NULL if not known',
      },
    },
  },
  submodalities: {
    doc: 'One row per modality prefix of the file names.',
    load: ['cubes', 'rows'],
    sortedBy: ['submodality_id'],
    columns: {
      submodality_id: { type: 'UTINYINT', doc: 'dense, from 0, ordered by modality and code' },
      submodality: { type: 'VARCHAR', doc: 'prefix of the file names, such as mr_t1' },
      modality: { type: 'VARCHAR', doc: 'one of the ten modalities' },
    },
  },
  axes: {
    doc: 'The axes a slice can be cut along.',
    load: ['rows'],
    sortedBy: ['axis_id'],
    columns: {
      axis_id: { type: 'UTINYINT', doc: '0, 1, 2, 3' },
      axis: { type: 'VARCHAR', doc: 'x, y, z for slices of a volume, 2d for 2D sources' },
    },
  },
  labels: {
    doc: 'One row per label name and meaning; a name that means different organs in different datasets has several rows.',
    load: ['cubes', 'rows'],
    sortedBy: ['label_id'],
    columns: {
      label_id: { type: 'USMALLINT', doc: 'dense, from 0, in order of label and organ' },
      label: { type: 'VARCHAR', doc: 'name as in the class map' },
      organ: { type: 'VARCHAR', nullable: true, doc: 'one of the 31 organs; NULL if unassigned' },
      region: {
        type: 'VARCHAR',
        nullable: true,
        doc: 'anatomical region of the label; NULL if unassigned',
      },
      is_lesion: { type: 'BOOLEAN', doc: 'marks a lesion' },
      is_union: { type: 'BOOLEAN', doc: 'union of other masks of the same image' },
      side: {
        type: 'VARCHAR',
        nullable: true,
        doc: 'left or right; NULL if the name says neither',
      },
    },
  },
  class_ids: {
    doc: 'The four-digit class id of each label in each dataset.',
    load: ['rows'],
    sortedBy: ['dataset_id', 'class_id'],
    columns: {
      dataset_id: datasetId,
      label_id: labelId,
      class_id: { type: 'VARCHAR', doc: 'four digits, as in the file names' },
    },
  },
  cases: {
    doc: 'One row per case: the ori name of the file names, within its dataset.',
    load: ['rows'],
    sortedBy: ['case_id'],
    columns: {
      case_id: { type: 'UINTEGER', doc: 'dense, from 0, in order of dataset and name' },
      dataset_id: datasetId,
      case_name: { type: 'VARCHAR', doc: 'ori name as in the file names' },
    },
  },
  images: {
    doc: 'One row per image.',
    load: ['rows'],
    sortedBy: ['image_id'],
    notInBrowser: ['case_name', 'n_labels'],
    columns: {
      image_id: {
        type: 'UINTEGER',
        doc: 'dense, from 0, in order of modality, dataset, case, axis, slice, sub-modality',
      },
      dataset_id: datasetId,
      submodality_id: submodalityId,
      case_id: caseId,
      case_name: { type: 'VARCHAR', doc: 'ori name, as in cases' },
      axis_id: axisId,
      slice: { type: 'USMALLINT', nullable: true, doc: 'slice number along the axis; NULL for 2d' },
      width: { type: 'USMALLINT', nullable: true, doc: 'px; NULL until measured' },
      height: { type: 'USMALLINT', nullable: true, doc: 'px; NULL until measured' },
      width_bin: widthBin,
      height_bin: heightBin,
      aspect_bin: aspectBin,
      n_masks: { type: 'USMALLINT', doc: 'masks of the image' },
      masks_bin: masksBin,
      n_labels: { type: 'USMALLINT', doc: 'distinct labels of the image' },
      bytes: { type: 'UINTEGER', nullable: true, doc: 'size of the PNG in bytes; NULL if unknown' },
      label_set_id: labelSetId,
      flags,
    },
  },
  masks: {
    doc: 'One row per mask; repeats the facets of its image to save a join.',
    load: ['rows'],
    sortedBy: ['image_id', 'label_id', 'instance'],
    // The browser has the facets of an image at hand when it counts its masks.
    notInBrowser: ['instance', ...CUBE_GRAIN],
    columns: {
      image_id: imageId,
      label_id: labelId,
      instance,
      area: { type: 'UINTEGER', nullable: true, doc: 'px; NULL until measured' },
      area_bin: areaBin,
      ...cubeGrain,
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
      x0: { type: 'USMALLINT', doc: 'px, left edge' },
      y0: { type: 'USMALLINT', doc: 'px, top edge' },
      x1: { type: 'USMALLINT', doc: 'px, right edge, exclusive' },
      y1: { type: 'USMALLINT', doc: 'px, bottom edge, exclusive' },
    },
  },
  ...CUBES,
  locator: {
    doc: 'One row per image and mask that was found in the release’s archive: where it lies there.',
    load: [],
    sortedBy: ['image_id', 'label_id', 'instance'],
    optional: true,
    columns: {
      image_id: imageId,
      label_id: { ...labelId, nullable: true, doc: 'label of the mask; NULL for the image itself' },
      instance: { ...instance, nullable: true, doc: 'of the mask; NULL for the image itself' },
      part: { type: 'USMALLINT', doc: 'part of the archive, from 0; the .zip is the last' },
      offset: { type: 'UBIGINT', doc: 'of the entry’s local header within the part' },
      compressed_bytes: { type: 'UINTEGER', doc: 'size in the archive' },
      bytes: { type: 'UINTEGER', doc: 'size of the file' },
      method: { type: 'UTINYINT', doc: '0 stored, 8 deflated' },
      crc32: { type: 'UINTEGER', doc: 'CRC-32 of the file' },
    },
  },
  quality: {
    doc: 'One row per flag of an image or mask that measuring found amiss; no rows if nothing is.',
    load: [],
    sortedBy: ['image_id', 'label_id', 'instance', 'flag'],
    optional: true,
    columns: {
      image_id: imageId,
      label_id: { ...labelId, nullable: true, doc: 'label of the mask; NULL for the image itself' },
      instance: { ...instance, nullable: true, doc: 'of the mask; NULL for the image itself' },
      flag: { type: 'VARCHAR', doc: 'code of the flag' },
      detail: { type: 'VARCHAR', nullable: true, doc: 'what was found, for people' },
    },
  },
  duplicates: {
    doc: 'One row per image that has the size in bytes and the CRC-32 of another image; from the locator.',
    load: [],
    sortedBy: ['duplicate_group', 'image_id'],
    optional: true,
    columns: {
      duplicate_group: {
        type: 'UINTEGER',
        doc: 'the same for equal images; dense, from 0, in order of the first image',
      },
      image_id: imageId,
    },
  },
  rejects: {
    doc: 'One row per input that was not accepted.',
    load: [],
    sortedBy: ['input'],
    columns: {
      input: { type: 'UINTEGER', doc: 'order of refusal, from 0' },
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

/** `CREATE TABLE` text for one table; NOT NULL wherever the definition allows no NULL. */
export function createTableSql(name: TableName, as: string = name): string {
  const columns = Object.entries(tableOf(name).columns).map(
    ([column, { type, nullable }]) => `"${column}" ${type}${nullable ? '' : ' NOT NULL'}`,
  )
  return `CREATE TABLE ${as} (${columns.join(', ')})`
}

/** Names of the columns that the browser loads, in the table's order. */
export function browserColumns(name: TableName): string[] {
  const table = tableOf(name)
  return Object.keys(table.columns).filter(column => !table.notInBrowser?.includes(column))
}

/** Axis codes, fixed by the format: the position is the `axis_id`. */
export const AXES = ['x', 'y', 'z', '2d'] as const
export type Axis = (typeof AXES)[number]
