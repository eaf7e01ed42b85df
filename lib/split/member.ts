/** A patient or case, which goes into one split as a whole. */
export interface Member {
  /** Id of the patient or case; its hash decides between equals. */
  readonly id: number
  readonly dataset: string
  /** One of its case names, which tells where the scan comes from. */
  readonly caseName: string
  /** Name of the patient within the dataset; null if the dataset's rule does not match the case name. */
  readonly patient: string | null
  /** Images in the subset. */
  readonly images: number
  /** Modalities or the rarest label, which splits are balanced by; '' for nothing. */
  readonly stratum: string
}

/** Members that must be in one split; mostly a single member. */
export interface Unit {
  /** The lowest id of its members. */
  readonly id: number
  readonly members: number
  readonly images: number
  /** Datasets of its members, sorted. */
  readonly datasets: readonly string[]
  readonly stratum: string
}
