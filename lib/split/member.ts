/** A patient, or a case, that goes into one split as a whole: what is drawn, unless it is tied to others. */
export interface Member {
  /** Of the patient or the case; ties are broken by its hash. */
  readonly id: number
  readonly dataset: string
  /** A case name of it, which tells where the scan comes from. */
  readonly caseName: string
  /** The patient within the dataset; null if the rule of the dataset says nothing of this name. */
  readonly patient: string | null
  /** Of the subset. */
  readonly images: number
  /** Modalities, or the rarest label, by which splits are balanced too; '' for nothing. */
  readonly stratum: string
}

/** Members that are in one split: most often a single one. */
export interface Unit {
  /** The lowest of its members. */
  readonly id: number
  readonly members: number
  readonly images: number
  /** Its datasets, in order. */
  readonly datasets: readonly string[]
  readonly stratum: string
}
