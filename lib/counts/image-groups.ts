/** Selected images and masks of one value of a group. */
export interface GroupCount {
  readonly id: number
  readonly images: number
  readonly masks: number
}
