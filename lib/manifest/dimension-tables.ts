import { datasetId, labelId, patientId } from './columns'
import type { Table } from './table'

/** The first tables of `TABLES`, which explain the ids of images and masks. */
export const DIMENSIONS = {
  datasets: {
    doc: 'One row per source dataset.',
    load: ['cubes', 'rows'],
    sortedBy: ['dataset_id'],
    columns: {
      dataset_id: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        doc: 'dense, from 0, in order of the name',
      },
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
      submodality_id: {
        type: 'INTEGER',
        loadAs: 'UTINYINT',
        doc: 'dense, from 0, ordered by modality and code',
      },
      submodality: { type: 'VARCHAR', doc: 'prefix of the file names, such as mr_t1' },
      modality: { type: 'VARCHAR', doc: 'one of the ten modalities' },
    },
  },
  axes: {
    doc: 'The axes a slice can be cut along.',
    load: ['rows'],
    sortedBy: ['axis_id'],
    columns: {
      axis_id: { type: 'INTEGER', loadAs: 'UTINYINT', doc: '0, 1, 2, 3' },
      axis: { type: 'VARCHAR', doc: 'x, y, z for slices of a volume, 2d for 2D sources' },
    },
  },
  labels: {
    doc: 'One row per label name and meaning; a name that means different organs in different datasets has several rows.',
    load: ['cubes', 'rows'],
    sortedBy: ['label_id'],
    columns: {
      label_id: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        doc: 'dense, from 0, in order of label and organ',
      },
      label: { type: 'VARCHAR', doc: 'name as in the class map' },
      organ: { type: 'VARCHAR', nullable: true, doc: 'one of the 31 organs; NULL if unassigned' },
      region: {
        type: 'VARCHAR',
        nullable: true,
        doc: 'anatomical region of the label; NULL if unassigned',
      },
      is_lesion: { type: 'BOOLEAN', doc: 'marks a lesion' },
      is_union: { type: 'BOOLEAN', doc: 'merged mask: the union of other masks of the same image' },
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
      case_id: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'dense, from 0, in order of dataset and name',
      },
      dataset_id: datasetId,
      case_name: { type: 'VARCHAR', doc: 'ori name as in the file names' },
      patient_id: patientId,
    },
  },
  patients: {
    doc: 'One row per patient of a dataset, as case names tell them: a person, or the video of an endoscopy.',
    load: ['rows'],
    sortedBy: ['patient_id'],
    columns: {
      patient_id: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'dense, from 0, in order of dataset, name and rule',
      },
      dataset_id: datasetId,
      patient: {
        type: 'VARCHAR',
        doc: 'name within the dataset: what its rule finds in the ori name, or the whole ori name',
      },
      rule: {
        type: 'VARCHAR',
        doc: 'pattern: found in the ori name; case: known that one case is one patient; unknown: not known, so each case stands for a patient',
      },
    },
  },
} as const satisfies Record<string, Table>
