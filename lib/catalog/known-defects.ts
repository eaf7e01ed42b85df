import known from '../../data/known-defects.json' with { type: 'json' }
import { DEFECTS, type KnownDefect } from '../manifest/known-defects'

/** Datasets that may share images. */
export interface DatasetFamily {
  readonly name: string
  readonly datasets: readonly string[]
  readonly note: string
}

/** All families of datasets. */
export const FAMILIES: readonly DatasetFamily[] = known.families

/** Defects of one dataset, without those that may concern any dataset. */
export const defectsOf = (dataset: string): KnownDefect[] =>
  DEFECTS.filter(defect => defect.dataset === dataset)

/** Defects that may concern any dataset. */
export const GENERAL_DEFECTS: readonly KnownDefect[] = DEFECTS.filter(
  defect => defect.dataset === null,
)

/** Families that a dataset is in. */
export const familiesOf = (dataset: string): DatasetFamily[] =>
  FAMILIES.filter(family => family.datasets.includes(dataset))
