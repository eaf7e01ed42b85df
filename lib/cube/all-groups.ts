import { GROUPED, type GroupBits, groupBits, labelGroupsOf } from '../counts/label-groups'
import type { Dimensions } from '../filter/dimensions'

export interface Groups {
  /** Bit of each group by grouping and value. */
  readonly groups: ReadonlyMap<string, number>
  readonly bits: GroupBits
}

const known = new WeakMap<Dimensions, Map<boolean, Groups>>()

/** All groups of labels: one numbering for all questions, so that what is known of sets serves all. */
export function allGroups(dimensions: Dimensions, unions: boolean): Groups {
  const ofDimensions = known.get(dimensions) ?? new Map<boolean, Groups>()
  known.set(dimensions, ofDimensions)
  const found = ofDimensions.get(unions)
  if (found) return found
  const groups = labelGroupsOf(dimensions, GROUPED, unions)
  const names = groups.map(({ grouping, value }, bit) => [`${grouping} ${value}`, bit] as const)
  const made = { groups: new Map(names), bits: groupBits(dimensions, groups, unions) }
  ofDimensions.set(unions, made)
  return made
}
