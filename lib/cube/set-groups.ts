import type { GroupBits } from '../queries/label-groups'
import type { LabelSets } from './cube'

/** What the labels of each set amount to under one choice of labels. */
export interface SetGroups {
  /** 1 if the set holds a chosen label. */
  readonly passes: Uint8Array
  /** Groups of the set's chosen labels, as in `GroupBits`. */
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** Choices of labels whose answer is kept: image facets change without asking again. */
const KEPT = 8
const kept = new WeakMap<LabelSets, Map<string, SetGroups>>()

/**
 * What each set amounts to; one visit to each set of each chosen label, unless the
 * same was asked lately.
 *
 * @param chosen 1 for each label id that is chosen.
 * @param bits Groups of each label id.
 */
export function setGroups(sets: LabelSets, chosen: Uint8Array, bits: GroupBits): SetGroups {
  const answers = kept.get(sets) ?? new Map<string, SetGroups>()
  kept.set(sets, answers)
  const key = `${chosen.join('')} ${bits.low.join(' ')} ${bits.high.join(' ')}`
  const groups = answers.get(key) ?? groupSets(sets, chosen, bits)
  // The latest goes last, so the first is the one not asked for longest.
  answers.delete(key)
  answers.set(key, groups)
  const [oldest] = answers.keys()
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  return groups
}

function groupSets(
  { starts, sets, count }: LabelSets,
  chosen: Uint8Array,
  bits: GroupBits,
): SetGroups {
  const passes = new Uint8Array(count)
  const low = new Uint32Array(count)
  const high = new Uint32Array(count)
  for (let label = 0; label + 1 < starts.length; label++) {
    if (chosen[label] !== 1) continue
    const lowBits = bits.low[label] ?? 0
    const highBits = bits.high[label] ?? 0
    const end = starts[label + 1] as number
    for (let i = starts[label] as number; i < end; i++) {
      const set = sets[i] as number
      passes[set] = 1
      low[set] = (low[set] as number) | lowBits
      high[set] = (high[set] as number) | highBits
    }
  }
  return { passes, low, high }
}
