import { labelId, labelSetId } from './columns'
import { IMAGE_COLUMNS, imageColumns } from './image-attributes'
import type { Table } from './table'

/** The tables of `TABLES` that the page counts from before the rows are loaded. */
export const CUBES = {
  label_sets: {
    doc: 'The labels of each distinct label set of an image; the empty set has no row.',
    load: ['cubes', 'rows'],
    sortedBy: ['label_set_id', 'label_id'],
    columns: { label_set_id: labelSetId, label_id: labelId },
  },
  cube_images: {
    doc: 'Images counted by every image facet and label set.',
    load: ['cubes'],
    sortedBy: [...IMAGE_COLUMNS, 'label_set_id'],
    columns: {
      ...imageColumns,
      label_set_id: labelSetId,
      images: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'images in the cell' },
      masks: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'masks of those images' },
      sized_images: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'images whose size in bytes is known',
      },
      bytes: { type: 'BIGINT', doc: 'sum of the known sizes in bytes' },
    },
  },
  cube_labels: {
    doc: 'Images and masks counted by every image facet and label.',
    load: ['cubes'],
    sortedBy: [...IMAGE_COLUMNS, 'label_id'],
    columns: {
      ...imageColumns,
      label_id: labelId,
      images: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'images in the cell with at least one mask of the label',
      },
      masks: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'masks in the cell with the label' },
    },
  },
  cube_areas: {
    doc: 'Masks counted by every image facet, label and bin of area.',
    load: ['cubes'],
    sortedBy: [...IMAGE_COLUMNS, 'label_id', 'area_bin'],
    columns: {
      ...imageColumns,
      label_id: labelId,
      area_bin: {
        type: 'INTEGER',
        loadAs: 'UTINYINT',
        doc: 'bin of the share of the image that the masks cover',
      },
      masks: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'masks in the cell with the label and an area in the bin',
      },
    },
  },
} as const satisfies Record<string, Table>
