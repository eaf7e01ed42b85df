import type { GroupBits } from '../queries/label-groups'
import type { LabelSets } from './label-sets'
import { latest } from './latest'

/** Groups of the chosen labels of each set; a set is looked at when it is first asked for. */
export interface SetPatterns {
  /** Makes `low` and `high` hold the set's groups, as in `GroupBits`. */
  look(set: number): void
  readonly low: Int32Array
  readonly high: Int32Array
}

const kept = new WeakMap<LabelSets, WeakMap<GroupBits, Map<string, SetPatterns>>>()

/**
 * The patterns of sets under a choice of labels; those of lately asked choices are known already.
 *
 * @param groups Groups of each label id. The same object finds what is known.
 * @param chosen 1 for each label id that is selected.
 */
export function setPatterns(sets: LabelSets, groups: GroupBits, chosen: Uint8Array): SetPatterns {
  const byGroups = kept.get(sets) ?? new WeakMap<GroupBits, Map<string, SetPatterns>>()
  kept.set(sets, byGroups)
  const answers = byGroups.get(groups) ?? new Map<string, SetPatterns>()
  byGroups.set(groups, answers)
  return latest(answers, chosen.join(''), () => newPatterns(sets, groups, chosen))
}

function newPatterns(
  { count, bySet: { starts, labels } }: LabelSets,
  groups: GroupBits,
  chosen: Uint8Array,
): SetPatterns {
  const known = new Uint8Array(count)
  const low = new Int32Array(count)
  const high = new Int32Array(count)
  const lowOf = Int32Array.from(groups.low, (bits, label) => (chosen[label] === 1 ? bits : 0))
  const highOf = Int32Array.from(groups.high, (bits, label) => (chosen[label] === 1 ? bits : 0))
  return {
    ...{ low, high },
    look(set) {
      if (known[set] === 1) return
      known[set] = 1
      const end = starts[set + 1] as number
      let lowBits = 0
      let highBits = 0
      for (let at = starts[set] as number; at < end; at++) {
        const label = labels[at] as number
        lowBits |= lowOf[label] as number
        highBits |= highOf[label] as number
      }
      low[set] = lowBits
      high[set] = highBits
    },
  }
}
