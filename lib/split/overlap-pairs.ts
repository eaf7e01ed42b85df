import curated from '../../data/families.json' with { type: 'json' }

/** How two datasets overlap, by what is known of them. */
export type OverlapKind = 'same-images' | 'same-source' | 'possibly-same-hospital'

/** A pair of datasets that may share people; see data/families.json. */
export interface OverlapPair {
  readonly datasets: readonly string[]
  readonly kind: OverlapKind
  readonly evidence: string
  readonly source: string
  /** How persons could be matched, in words. */
  readonly people?: string
  /**
   * How the person is read in each of both datasets, so that the same text is the same person: `patient`
   * for what data/patients.json reads, else a pattern of the case name with the group `person`.
   */
  readonly match?: Readonly<Record<string, string | undefined>>
  /** Pattern of case names of a dataset that certainly have no counterpart in the other. */
  readonly apart?: Readonly<Record<string, string | undefined>>
}

/** All of data/families.json. */
export const OVERLAP_PAIRS = curated.pairs as readonly OverlapPair[]
