import { DEFECTS, type KnownDefect } from '../manifest/known-defects'

/** Known issues of one dataset, without those that may concern any dataset. */
export const defectsOf = (dataset: string): KnownDefect[] =>
  DEFECTS.filter(defect => defect.dataset === dataset)

/** Known issues that may concern any dataset. */
export const GENERAL_DEFECTS: readonly KnownDefect[] = DEFECTS.filter(
  defect => defect.dataset === null,
)
