import type { SolvedGroup } from './plan-model.node.ts'
import { Random } from './random'

/** One unreleased dataset with its exact counts. */
export interface UnreleasedSize {
  readonly modality: string
  readonly structures: readonly string[]
  images: number
  masks: number
}

/**
 * Split a group's totals over its datasets: unequal, yet each within the group's bins and with at
 * least as many masks as images.
 */
export function splitGroup(
  group: SolvedGroup,
  bins: readonly { readonly lo: number; readonly hi: number }[],
): UnreleasedSize[] {
  const { modality, structures, count } = group
  const share = (total: number, i: number) =>
    Math.floor((total * (i + 1)) / count) - Math.floor((total * i) / count)
  const sizes = Array.from({ length: count }, (_, i) => ({
    modality,
    structures,
    images: share(group.images, i),
    masks: share(group.masks, i),
  }))
  const random = new Random(group.images ^ group.masks)
  const within = (bin: number, value: number) =>
    value > (bins[bin]?.lo ?? 0) * 1.05 && value < (bins[bin]?.hi ?? 0) * 0.95
  // Equal shares satisfy every bound; move random amounts about as long as that stays so.
  for (let step = 0; step < 40 * (count - 1); step++) {
    const from = sizes[random.integer(0, count - 1)] as UnreleasedSize
    const to = sizes[random.integer(0, count - 1)] as UnreleasedSize
    const images = Math.floor(from.images * random.between(0, 0.4))
    const masks = Math.floor(images * (from.masks / from.images) * random.between(0.8, 1.2))
    if (
      from !== to &&
      within(group.imageBin, from.images - images) &&
      within(group.imageBin, to.images + images) &&
      within(group.maskBin, from.masks - masks) &&
      within(group.maskBin, to.masks + masks) &&
      from.masks - masks >= (from.images - images) * 1.02 &&
      to.masks + masks >= (to.images + images) * 1.02
    ) {
      from.images -= images
      to.images += images
      from.masks -= masks
      to.masks += masks
    }
  }
  return sizes
}
