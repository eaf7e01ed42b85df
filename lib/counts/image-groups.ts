/** Image attributes that images and masks are grouped by. */
export const IMAGE_GROUPS = [
  'dataset_id',
  'submodality_id',
  'axis_id',
  'width_bin',
  'height_bin',
  'aspect_bin',
  'masks_bin',
  'flags',
] as const
export type ImageGroup = (typeof IMAGE_GROUPS)[number]

/** Selected images and masks of one value of a group. */
export interface GroupCount {
  readonly id: number
  readonly images: number
  readonly masks: number
}
