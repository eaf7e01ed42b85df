/** Numbers of what is selected. */
export interface Totals {
  readonly images: number
  readonly masks: number
  /** Datasets with at least one selected image. */
  readonly datasets: number
  /** Sum of the known PNG sizes of the selected images. */
  readonly bytes: number
  /** Selected images whose size is known. */
  readonly sizedImages: number
}

/** Cases, and the patients that they show. */
export interface CaseTotals {
  readonly cases: number
  readonly patients: number
}
