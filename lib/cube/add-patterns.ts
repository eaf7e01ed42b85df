import type { GroupBits } from '../queries/label-groups'
import type { Cube } from './cube'
import { setPatterns } from './set-patterns'
import type { Question } from './tally'

/**
 * Tell of the groups of the images that pass all image facets, from their label sets.
 *
 * @param groups Groups of each label id.
 * @param chosen 1 for each label id that is selected.
 * @param passes 1 for the label sets whose images are selected; null for all.
 */
export function addPatterns(
  { images: { starts, set, images }, sets }: Cube,
  groups: GroupBits,
  { failed, attribute, addPattern }: Question,
  cut: Uint8Array | null,
  chosen: Uint8Array,
  passes: Uint8Array | null,
): void {
  const patterns = setPatterns(sets, groups, chosen)
  const tell = (its: number, value: number, n: number) => {
    patterns.look(its)
    addPattern(value, patterns.low[its] as number, patterns.high[its] as number, n)
  }
  // Many cells share a set: without an attribute its images are told of once.
  const bySet = new Float64Array(attribute ? 0 : sets.count)
  for (let cell = 0; cell < failed.length; cell++) {
    if (failed[cell] !== 0 || cut?.[cell] === 1) continue
    const value = attribute ? (attribute.of[cell] as number) : -1
    const end = starts[cell + 1] as number
    for (let group = starts[cell] as number; group < end; group++) {
      const its = set[group] as number
      if (passes !== null && passes[its] === 0) continue
      const n = images[group] as number
      if (value < 0) bySet[its] = (bySet[its] as number) + n
      else tell(its, value, n)
    }
  }
  for (let its = 0; its < bySet.length; its++)
    if (bySet[its] !== 0) tell(its, 0, bySet[its] as number)
}
