import type { GroupBits } from '../queries/label-groups'
import type { Cube } from './cube'
import type { LabelSets } from './label-sets'
import type { AddPattern } from './patterns'
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
  const patternOf = setPatterns(sets, groups, chosen)
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
      else patternOf(its, value, n, addPattern)
    }
  }
  for (let its = 0; its < bySet.length; its++)
    if (bySet[its] !== 0) patternOf(its, 0, bySet[its] as number, addPattern)
}

/** Tells of the groups of a set's chosen labels; each set is looked at once. */
function setPatterns(
  { count, bySet: { starts, labels } }: LabelSets,
  groups: GroupBits,
  chosen: Uint8Array,
): (set: number, value: number, images: number, add: AddPattern) => void {
  const known = new Uint8Array(count)
  const lows = new Int32Array(count)
  const highs = new Int32Array(count)
  const lowOf = Int32Array.from(groups.low, (bits, label) => (chosen[label] === 1 ? bits : 0))
  const highOf = Int32Array.from(groups.high, (bits, label) => (chosen[label] === 1 ? bits : 0))
  return (set, value, images, add) => {
    if (known[set] === 0) {
      let low = 0
      let high = 0
      const end = starts[set + 1] as number
      for (let at = starts[set] as number; at < end; at++) {
        const label = labels[at] as number
        low |= lowOf[label] as number
        high |= highOf[label] as number
      }
      known[set] = 1
      lows[set] = low
      highs[set] = high
    }
    add(value, lows[set] as number, highs[set] as number, images)
  }
}
