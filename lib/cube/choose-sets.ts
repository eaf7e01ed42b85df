import { latest } from '../async/latest'
import type { LabelSets } from './label-sets'

const kept = new WeakMap<LabelSets, Map<string, Uint8Array>>()

/**
 * Marks with 1 the label sets that have a chosen label. Results are cached and must not be changed.
 *
 * @param chosen 1 for each label id that is chosen.
 */
export function setsWithAny(sets: LabelSets, chosen: Uint8Array): Uint8Array {
  const answers = kept.get(sets) ?? new Map<string, Uint8Array>()
  kept.set(sets, answers)
  return latest(answers, chosen.join(''), () => findSets(sets, chosen))
}

function findSets({ count, bySet, byLabel }: LabelSets, chosen: Uint8Array): Uint8Array {
  const found = new Uint8Array(count)
  let places = 0
  for (let label = 0; label + 1 < byLabel.starts.length; label++)
    if (chosen[label] === 1)
      places += (byLabel.starts[label + 1] as number) - (byLabel.starts[label] as number)
  // With few labels, visit only their sets. With many, most sets have a chosen label near their beginning.
  if (places < 6 * count) {
    for (let label = 0; label + 1 < byLabel.starts.length; label++) {
      if (chosen[label] === 1) /*#__NOINLINE__*/ addSetsOf(byLabel, label, found)
    }
    return found
  }
  for (let set = 0; set < count; set++)
    found[set] = /*#__NOINLINE__*/ hasAny(bySet, set, chosen) ? 1 : 0
  return found
}

function addSetsOf({ starts, sets }: LabelSets['byLabel'], label: number, found: Uint8Array) {
  const end = starts[label + 1] as number
  for (let at = starts[label] as number; at < end; at++) found[sets[at] as number] = 1
}

function hasAny({ starts, labels }: LabelSets['bySet'], set: number, chosen: Uint8Array): boolean {
  const end = starts[set + 1] as number
  for (let at = starts[set] as number; at < end; at++)
    if (chosen[labels[at] as number] === 1) return true
  return false
}

/**
 * Marks with 1 the label sets that have a label of every list.
 *
 * @param required Lists of label ids; not empty.
 */
export function setsWithAll(
  { count, byLabel: { starts, sets } }: LabelSets,
  required: readonly (readonly number[])[],
): Uint8Array {
  const held = new Uint32Array(count)
  for (const [position, labels] of required.entries())
    for (const label of labels) {
      const end = starts[label + 1] ?? 0
      // Skips sets that lack a label of an earlier list, and sets that were already found for this list.
      for (let at = starts[label] ?? 0; at < end; at++)
        if (held[sets[at] as number] === position) held[sets[at] as number] = position + 1
    }
  return Uint8Array.from(held, lists => (lists === required.length ? 1 : 0))
}
