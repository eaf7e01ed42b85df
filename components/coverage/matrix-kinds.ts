import type { PairColumns, PairRows } from '../../lib/cube/pair-counts'

export interface MatrixKind {
  readonly title: string
  readonly rowsBy: PairRows
  readonly columnsBy: PairColumns
  readonly rowNoun: string
  readonly columnNoun: string
  /** Height of a row, px. */
  readonly step: number
  /** Minimum width of a column, px. */
  readonly columnWidth: number
  /** Whether cells have room for numbers. */
  readonly hasRoom: boolean
}

/** The pairs of facets that the coverage matrix can show. */
export const MATRIX_KINDS = {
  modality: {
    title: 'Organ × modality',
    rowsBy: 'organ',
    columnsBy: 'modality',
    rowNoun: 'organ',
    columnNoun: 'modality',
    step: 20,
    columnWidth: 72,
    hasRoom: true,
  },
  submodality: {
    title: 'Organ × sub-modality',
    rowsBy: 'organ',
    columnsBy: 'submodality',
    rowNoun: 'organ',
    columnNoun: 'sub-modality',
    step: 20,
    columnWidth: 20,
    hasRoom: false,
  },
  dataset: {
    title: 'Dataset × organ',
    rowsBy: 'dataset',
    columnsBy: 'organ',
    rowNoun: 'dataset',
    columnNoun: 'organ',
    step: 14,
    columnWidth: 20,
    hasRoom: false,
  },
  label: {
    title: 'Label × label',
    rowsBy: 'label',
    columnsBy: 'label',
    rowNoun: 'label',
    columnNoun: 'with label',
    step: 16,
    columnWidth: 18,
    hasRoom: false,
  },
} as const satisfies Record<string, MatrixKind>

export type MatrixKindName = keyof typeof MATRIX_KINDS
export const MATRIX_KIND_NAMES = Object.keys(MATRIX_KINDS) as MatrixKindName[]
