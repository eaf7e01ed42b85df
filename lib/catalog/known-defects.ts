import known from '../../data/known-defects.json' with { type: 'json' }

/** Something wrong with files of the public release. */
export interface KnownDefect {
  /** Null: any dataset. */
  readonly dataset: string | null
  /** Part of the ori name of the images concerned; absent: all of the dataset. */
  readonly oriName?: string
  /** Class concerned, four digits as in mask names; absent: all of them. */
  readonly classId?: string
  readonly what: string
  readonly source: string
}

/** Datasets that may share images. */
export interface DatasetFamily {
  readonly name: string
  readonly datasets: readonly string[]
  readonly note: string
}

/** All defects that were reported. */
export const DEFECTS: readonly KnownDefect[] = known.defects

/** All families of datasets. */
export const FAMILIES: readonly DatasetFamily[] = known.families

/** Defects of one dataset; those that may concern any dataset are not among them. */
export const defectsOf = (dataset: string): KnownDefect[] =>
  DEFECTS.filter(defect => defect.dataset === dataset)

/** Defects that may concern any dataset. */
export const GENERAL_DEFECTS: readonly KnownDefect[] = DEFECTS.filter(
  defect => defect.dataset === null,
)

/** Families that a dataset is in. */
export const familiesOf = (dataset: string): DatasetFamily[] =>
  FAMILIES.filter(family => family.datasets.includes(dataset))
