import type { Dimensions } from '../filter/dimensions'
import { setsWithAny } from './choose-sets'
import type { Cube } from './cube'

/** A label, and the number of images that have it together with another one. */
export interface LabelPartner {
  readonly label: string
  readonly images: number
}

/**
 * The other labels of the images that have a label, in descending order of images; ties by name. Exact from the
 * cubes, because they count images by label set. Merged labels are excluded, because the filter picks none.
 */
export function labelPartners(
  { images, sets }: Cube,
  { labels }: Dimensions,
  name: string,
): LabelPartner[] {
  const own = Uint8Array.from(labels, ({ label }) => (label === name ? 1 : 0))
  const has = setsWithAny(sets, own)
  const bySet = new Float64Array(sets.count)
  for (const [group, set] of images.set.entries())
    if (has[set] === 1) bySet[set] = (bySet[set] as number) + (images.images[group] as number)
  const byLabel = new Float64Array(labels.length)
  for (const [set, n] of bySet.entries()) if (n > 0) addSet(sets.bySet, set, n, byLabel)
  // An image has at most one label of a name, so images of labels with one name add up.
  const byName = new Map<string, number>()
  for (const { label, label_id, is_union } of labels) {
    const n = is_union ? 0 : (byLabel[label_id] as number)
    if (n > 0 && label !== name) byName.set(label, (byName.get(label) ?? 0) + n)
  }
  return [...byName]
    .map(([label, n]) => ({ label, images: n }))
    .sort((a, b) => b.images - a.images || (a.label < b.label ? -1 : 1))
}

function addSet(
  { starts, labels }: Cube['sets']['bySet'],
  set: number,
  n: number,
  byLabel: Float64Array,
) {
  const end = starts[set + 1] as number
  for (let at = starts[set] as number; at < end; at++) {
    const id = labels[at] as number
    byLabel[id] = (byLabel[id] as number) + n
  }
}
