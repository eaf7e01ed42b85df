import { latest } from '../async/latest'
import type { GroupBits } from '../counts/label-groups'
import type { LabelSets } from './label-sets'

/** Groups of the chosen labels of each set. A set is computed when it is first requested. */
export interface SetPatterns {
  /** Makes `low` and `high` hold the set's groups, as in `GroupBits`. */
  look(set: number): void
  readonly low: Int32Array
  readonly high: Int32Array
}

const kept = new WeakMap<LabelSets, WeakMap<GroupBits, Map<string, SetPatterns>>>()

/**
 * Groups of the label sets under a choice of labels. Results of recent choices are cached.
 *
 * @param groups Groups of each label id. The cache goes by the object, not by its content.
 * @param chosen 1 for each label id that is selected.
 */
export function setPatterns(sets: LabelSets, groups: GroupBits, chosen: Uint8Array): SetPatterns {
  const byGroups = kept.get(sets) ?? new WeakMap<GroupBits, Map<string, SetPatterns>>()
  kept.set(sets, byGroups)
  const answers = byGroups.get(groups) ?? new Map<string, SetPatterns>()
  byGroups.set(groups, answers)
  return latest(answers, chosen.join(''), () => newPatterns(sets, groups, chosen))
}

function newPatterns(sets: LabelSets, groups: GroupBits, chosen: Uint8Array): SetPatterns {
  const places = placesOf(sets, chosen, 1)
  // With few labels, visit only their sets.
  if (places < sets.bySet.labels.length / 4) return patternsOfFew(sets, groups, chosen)
  const left = placesOf(sets, chosen, 0)
  // If few labels are left out, only their sets differ from the result for all labels.
  if (left > 0 && left < sets.bySet.labels.length / 8) return patternsOfMost(sets, groups, chosen)
  return patternsOf(sets, groups, chosen)
}

/** Number of places in label sets whose label is chosen (1) or left out (0). */
function placesOf({ byLabel: { starts } }: LabelSets, chosen: Uint8Array, which: 0 | 1): number {
  let places = 0
  for (let label = 0; label < chosen.length; label++)
    if (chosen[label] === which) places += (starts[label + 1] ?? 0) - (starts[label] ?? 0)
  return places
}

function patternsOfFew(
  { count, byLabel }: LabelSets,
  groups: GroupBits,
  chosen: Uint8Array,
): SetPatterns {
  const low = new Int32Array(count)
  const high = new Int32Array(count)
  for (let label = 0; label < chosen.length; label++) {
    if (chosen[label] === 0) continue
    /*#__NOINLINE__*/ addBits(byLabel, label, groups.low[label] as number, low)
    /*#__NOINLINE__*/ addBits(byLabel, label, groups.high[label] as number, high)
  }
  return { low, high, look: () => {} }
}

/** Add bits to all sets that have a label. */
function addBits(
  { starts, sets }: LabelSets['byLabel'],
  label: number,
  bits: number,
  words: Int32Array,
) {
  if (bits === 0) return
  const end = starts[label + 1] ?? 0
  for (let at = starts[label] ?? 0; at < end; at++) {
    const set = sets[at] as number
    words[set] = (words[set] as number) | bits
  }
}

function patternsOfMost(sets: LabelSets, groups: GroupBits, chosen: Uint8Array): SetPatterns {
  const all = setPatterns(sets, groups, new Uint8Array(chosen.length).fill(1))
  const { starts, sets: holding } = sets.byLabel
  const differs = new Uint8Array(sets.count)
  for (let label = 0; label < chosen.length; label++) {
    if (chosen[label] === 1) continue
    const end = starts[label + 1] ?? 0
    for (let at = starts[label] ?? 0; at < end; at++) differs[holding[at] as number] = 1
  }
  const own = patternsOf(sets, groups, chosen)
  return {
    low: own.low,
    high: own.high,
    look(set) {
      if (differs[set] === 1) return own.look(set)
      all.look(set)
      own.low[set] = all.low[set] as number
      own.high[set] = all.high[set] as number
    },
  }
}

function patternsOf(
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
    low,
    high,
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
