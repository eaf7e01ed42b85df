import curated from '../../data/families.json' with { type: 'json' }

/** How two datasets overlap, as far as it is known. */
export type OverlapKind = 'same-images' | 'same-source' | 'possibly-same-hospital'

/** A pair of datasets that may share people; see data/families.json. */
export interface OverlapPair {
  readonly datasets: readonly string[]
  readonly kind: OverlapKind
  readonly evidence: string
  readonly source: string
  /** How persons could be matched, in words for people. */
  readonly people?: string
  /**
   * For each of the two datasets, how a name tells the person; equal texts are the same person. `patient` stands for
   * the patient that data/patients.json finds, any other text is a pattern for the case name with the group `person`.
   */
  readonly match?: Readonly<Record<string, string | undefined>>
  /** For a dataset, a pattern of case names that certainly have no counterpart in the other. */
  readonly apart?: Readonly<Record<string, string | undefined>>
}

/** All of data/families.json. */
export const OVERLAP_PAIRS = curated.pairs as readonly OverlapPair[]
