import { UNASSIGNED } from './facets'

export interface DatasetRow {
  readonly dataset_id: number
  readonly dataset: string
  readonly structures: string | null
  readonly is_released: boolean | null
}

export interface SubmodalityRow {
  readonly submodality_id: number
  readonly submodality: string
  readonly modality: string
}

export interface LabelRow {
  readonly label_id: number
  readonly label: string
  readonly organ: string | null
  readonly region: string | null
  readonly is_lesion: boolean
  readonly is_union: boolean
  readonly side: string | null
}

/** The small tables that name ids; held in memory. */
export interface Dimensions {
  readonly datasets: readonly DatasetRow[]
  readonly submodalities: readonly SubmodalityRow[]
  readonly labels: readonly LabelRow[]
}

/**
 * The structure of a label: Lesion for lesions, else the anatomical region. Every mask has exactly one
 * structure, so that no mask counts twice.
 */
export const labelStructure = (label: LabelRow): string =>
  label.is_lesion ? 'Lesion' : (label.region ?? UNASSIGNED)

/** The structures that a dataset covers according to the paper; Unassigned if none is known. */
export const datasetStructures = (dataset: DatasetRow): string[] =>
  dataset.structures === null ? [UNASSIGNED] : dataset.structures.split('|')
