import { GROUPED, type GroupBits, groupBits, labelGroupsOf } from '../counts/label-groups'
import type { Dimensions } from '../filter/dimensions'

export interface Groups {
  /** Bit of each group by grouping and value. */
  readonly groups: ReadonlyMap<string, number>
  readonly bits: GroupBits
}

const known = new WeakMap<Dimensions, Map<boolean, Groups>>()

/**
 * All groups of labels. Every question uses the same numbering, so they share what is computed per label set.
 *
 * @param merged As for `groupBits`.
 */
export function allGroups(dimensions: Dimensions, merged: boolean): Groups {
  const ofDimensions = known.get(dimensions) ?? new Map<boolean, Groups>()
  known.set(dimensions, ofDimensions)
  const found = ofDimensions.get(merged)
  if (found) return found
  const groups = labelGroupsOf(dimensions, GROUPED)
  const names = groups.map(({ grouping, value }, bit) => [`${grouping} ${value}`, bit] as const)
  const made = { groups: new Map(names), bits: groupBits(dimensions, groups, merged) }
  ofDimensions.set(merged, made)
  return made
}
