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
 * @param bits Groups of each label id; null if groups are not counted.
 */
export function setGroups(sets: LabelSets, chosen: Uint8Array, bits: GroupBits | null): SetGroups {
  const answers = kept.get(sets) ?? new Map<string, SetGroups>()
  kept.set(sets, answers)
  const key = `${chosen.join('')} ${bits?.low.join(' ')} ${bits?.high.join(' ')}`
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
  bits: GroupBits | null,
): SetGroups {
  const passes = new Uint8Array(count)
  const low = new Uint32Array(bits ? count : 0)
  const high = new Uint32Array(bits ? count : 0)
  for (let label = 0; label + 1 < starts.length; label++) {
    if (chosen[label] !== 1) continue
    const first = starts[label] as number
    const end = starts[label + 1] as number
    for (let i = first; i < end; i++) passes[sets[i] as number] = 1
    addWord(low, sets, first, end, bits?.low[label] ?? 0)
    addWord(high, sets, first, end, bits?.high[label] ?? 0)
  }
  return { passes, low, high }
}

function addWord(words: Uint32Array, sets: Uint32Array, first: number, end: number, bits: number) {
  if (bits === 0) return
  for (let i = first; i < end; i++) {
    const set = sets[i] as number
    words[set] = (words[set] as number) | bits
  }
}

/**
 * The sets that hold a label of each list, as 1.
 *
 * @param required Lists of label ids; not empty.
 */
export function setsWithAll(
  { starts, sets, count }: LabelSets,
  required: readonly (readonly number[])[],
): Uint8Array {
  const held = new Uint32Array(count)
  for (const [position, labels] of required.entries())
    for (const label of labels) {
      const end = starts[label + 1] ?? 0
      // A set that lacks an earlier list's labels, or has been seen for this one, stays as it is.
      for (let i = starts[label] ?? 0; i < end; i++)
        if (held[sets[i] as number] === position) held[sets[i] as number] = position + 1
    }
  return Uint8Array.from(held, lists => (lists === required.length ? 1 : 0))
}
