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

/** The small tables that give ids their names; held in memory beside the engine. */
export interface Dimensions {
  readonly datasets: readonly DatasetRow[]
  readonly submodalities: readonly SubmodalityRow[]
  readonly labels: readonly LabelRow[]
}

/**
 * What a label's masks are counted under when lesions stand beside the anatomical regions: every
 * mask in one structure, lesions under Lesion only, so that nothing counts twice.
 */
export const labelStructure = (label: LabelRow): string =>
  label.is_lesion ? 'Lesion' : (label.region ?? UNASSIGNED)

/** The structures that a dataset covers, as the paper attributes them; empty if none is known. */
export const datasetStructures = (dataset: DatasetRow): string[] =>
  dataset.structures === null ? [UNASSIGNED] : dataset.structures.split('|')
