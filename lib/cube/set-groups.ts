import type { LabelSets } from './cube'

/** What the labels of each set amount to under one choice of labels. */
export interface SetGroups {
  /** 1 if the set holds a chosen label. */
  readonly passes: Uint8Array
  /** Groups of the set's chosen labels: bits 0 to 31, and 32 to 51. */
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** Choices of labels whose answer is kept: image facets change without asking again. */
const KEPT = 8
const kept = new WeakMap<LabelSets, Map<string, SetGroups>>()

/**
 * What each set amounts to; one pass over the labels of all sets, unless the same was asked lately.
 *
 * @param chosen 1 for each label id that is chosen.
 * @param bitsOf Groups of each label id as bits below 2^52.
 */
export function setGroups(
  sets: LabelSets,
  chosen: Uint8Array,
  bitsOf: readonly number[],
): SetGroups {
  const answers = kept.get(sets) ?? new Map<string, SetGroups>()
  kept.set(sets, answers)
  const key = `${chosen.join('')} ${bitsOf.join(' ')}`
  const groups = answers.get(key) ?? groupSets(sets, chosen, bitsOf)
  // The latest goes last, so the first is the one not asked for longest.
  answers.delete(key)
  answers.set(key, groups)
  const [oldest] = answers.keys()
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  return groups
}

function groupSets(
  { starts, labels }: LabelSets,
  chosen: Uint8Array,
  bitsOf: readonly number[],
): SetGroups {
  const sets = starts.length - 1
  const labelLow = Uint32Array.from(bitsOf, bits => bits % 2 ** 32)
  const labelHigh = Uint32Array.from(bitsOf, bits => Math.floor(bits / 2 ** 32))
  const passes = new Uint8Array(sets)
  const low = new Uint32Array(sets)
  const high = new Uint32Array(sets)
  for (let set = 0; set < sets; set++) {
    let pass = 0
    let lowBits = 0
    let highBits = 0
    const end = starts[set + 1] as number
    for (let i = starts[set] as number; i < end; i++) {
      const label = labels[i] as number
      if (chosen[label] === 0) continue
      pass = 1
      lowBits |= labelLow[label] as number
      highBits |= labelHigh[label] as number
    }
    passes[set] = pass
    low[set] = lowBits
    high[set] = highBits
  }
  return { passes, low, high }
}

/** Images of each group, by bit: every set counts once in each of its groups. */
export function imagesOfGroups(
  { low, high }: SetGroups,
  imagesBySet: Float64Array,
  groups: number,
): Float64Array {
  const images = new Float64Array(groups)
  for (let set = 0; set < imagesBySet.length; set++) {
    const n = imagesBySet[set] as number
    if (n === 0) continue
    addBits(images, low[set] as number, 0, n)
    addBits(images, high[set] as number, 32, n)
  }
  return images
}

function addBits(images: Float64Array, bits: number, offset: number, n: number) {
  let left = bits
  while (left !== 0) {
    const bit = 31 - Math.clz32(left & -left)
    images[offset + bit] = (images[offset + bit] as number) + n
    left &= left - 1
  }
}
