import { DEFECTS, type KnownDefect } from '../manifest/known-defects'

/** Defects of one dataset, without those that may concern any dataset. */
export const defectsOf = (dataset: string): KnownDefect[] =>
  DEFECTS.filter(defect => defect.dataset === dataset)

/** Defects that may concern any dataset. */
export const GENERAL_DEFECTS: readonly KnownDefect[] = DEFECTS.filter(
  defect => defect.dataset === null,
)
