import type { Steps } from '../async/steps'
import {
  type GroupBits,
  groupBits,
  labelGroupsOf,
  MAX_GROUPS,
  noGroups,
} from '../counts/label-groups'
import type { Dimensions } from '../filter/dimensions'
import type { PairAttribute, PairCells } from './pair-cells'

export type PairRows = 'organ' | 'dataset' | 'label'
export type PairColumns = 'modality' | 'submodality' | 'organ' | 'label'

/** Images and masks that have two values, under a filter. */
export interface PairCount {
  readonly row: string
  readonly column: string
  /** Images that have both values, each counted once. */
  readonly images: number
  /** Selected masks that have both values; null for two labels, because a mask has one label. */
  readonly masks: number | null
}

/** Maximum number of labels that are paired with each other: the most frequent ones. */
export const MAX_PAIRED_LABELS = 40

/**
 * Count pairs of values under all facets of a filter. Pairs without an image are absent. The pairs are: organ with
 * modality or sub-modality, dataset with organ, and label with label. Labels are the filter's `MAX_PAIRED_LABELS`
 * most frequent ones by images; a label is also paired with itself, which gives its own images. Two labels have an
 * image in common if it has both, and a selected mask of either: so does `label.all` of the two.
 *
 * @throws RangeError for any other combination.
 */
export function* countPairs(
  cells: PairCells,
  dimensions: Dimensions,
  rowsBy: PairRows,
  columnsBy: PairColumns,
): Steps<PairCount[]> {
  if (rowsBy === 'organ' && (columnsBy === 'modality' || columnsBy === 'submodality'))
    return yield* organPairs(cells, dimensions, columnsBy)
  if (rowsBy === 'dataset' && columnsBy === 'organ') {
    const pairs = yield* organPairs(cells, dimensions, 'dataset')
    return pairs.map(pair => ({ ...pair, row: pair.column, column: pair.row }))
  }
  if (rowsBy === 'label' && columnsBy === 'label') return yield* labelPairs(cells, dimensions)
  throw new RangeError(`${rowsBy} with ${columnsBy} is not counted`)
}

type ImageAttribute = PairAttribute | 'modality'

const NAMES_OF: Record<ImageAttribute, (dimensions: Dimensions) => string[]> = {
  modality: ({ submodalities }) => submodalities.map(row => row.modality),
  submodality: ({ submodalities }) => submodalities.map(row => row.submodality),
  dataset: ({ datasets }) => datasets.map(row => row.dataset),
}

/** Organs (rows) by an attribute of which each image has one value (columns). */
function* organPairs(
  cells: PairCells,
  dimensions: Dimensions,
  attribute: ImageAttribute,
): Steps<PairCount[]> {
  const organs = labelGroupsOf(dimensions, ['organ'])
  const bits = groupBits(dimensions, organs, true)
  const { groupImages, labelMasks } = yield* cells.byAttribute(
    attribute === 'modality' ? 'submodality' : attribute,
    bits,
  )
  const organOf = dimensions.labels.map(({ label_id }) => firstBit(bits, label_id))
  // An image has one sub-modality, so the counts of a modality's sub-modalities add up.
  const sums = new Map<string, { images: number[]; masks: number[] }>()
  const none = () => ({ images: organs.map(() => 0), masks: organs.map(() => 0) })
  for (const [id, name] of NAMES_OF[attribute](dimensions).entries()) {
    const sum = sums.get(name) ?? none()
    sums.set(name, sum)
    for (const organ of organs.keys())
      sum.images[organ] =
        (sum.images[organ] as number) + (groupImages[id * MAX_GROUPS + organ] as number)
    for (const [label, organ] of organOf.entries())
      if (organ >= 0)
        sum.masks[organ] =
          (sum.masks[organ] as number) + (labelMasks[id * organOf.length + label] as number)
  }
  return organs.flatMap(({ value: row }, organ) =>
    [...sums].flatMap(([column, sum]) => {
      const images = sum.images[organ] as number
      return images > 0 ? [{ row, column, images, masks: sum.masks[organ] as number }] : []
    }),
  )
}

/** Number of a label's group; -1 if it is in none. */
function firstBit({ low, high }: GroupBits, label: number): number {
  const [lower, upper] = [low[label] as number, high[label] as number]
  if (lower !== 0) return 31 - Math.clz32(lower & -lower)
  return upper === 0 ? -1 : 63 - Math.clz32(upper & -upper)
}

/** Pairs of the most frequent labels. */
function* labelPairs(cells: PairCells, dimensions: Dimensions): Steps<PairCount[]> {
  const names = yield* frequentLabels(cells, dimensions)
  const bits = noGroups(dimensions.labels.length)
  for (const { label, label_id } of dimensions.labels) {
    const bit = names.indexOf(label)
    if (bit >= 0) (bit < 32 ? bits.low : bits.high)[label_id] = 1 << (bit % 32)
  }
  const size = names.length
  // Only below and on the diagonal, because a pair is the same both ways.
  const both = new Float64Array(size * size)
  const held = new Uint8Array(size)
  const passes = new Uint8Array(64)
  yield* cells.patterns(bits, ({ low, high, passingLow, passingHigh, images }) => {
    const lower = listBits(held, 0, low, 0)
    const count = listBits(held, lower, high, 32)
    for (let i = 0; i < count; i++) {
      const label = held[i] as number
      passes[label] = ((label < 32 ? passingLow : passingHigh) >>> (label % 32)) & 1
    }
    for (let i = 0; i < count; i++) {
      const label = held[i] as number
      for (let j = 0; j <= i; j++) {
        const other = held[j] as number
        if (passes[label] === 0 && passes[other] === 0) continue
        const at = label * size + other
        both[at] = (both[at] as number) + images
      }
    }
  })
  return names.flatMap((row, a) =>
    names.flatMap((column, b) => {
      const images = both[Math.max(a, b) * size + Math.min(a, b)] as number
      return images > 0 ? [{ row, column, images, masks: null }] : []
    }),
  )
}

/** Names of the labels with most images, in descending order; ties by name. */
function* frequentLabels(cells: PairCells, dimensions: Dimensions): Steps<string[]> {
  const byLabel = yield* cells.labelImages()
  // An image has at most one label of a name, so images of labels with one name add up.
  const byName = new Map<string, number>()
  for (const { label, label_id } of dimensions.labels) {
    const n = byLabel[label_id] as number
    if (n > 0) byName.set(label, (byName.get(label) ?? 0) + n)
  }
  return [...byName]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MAX_PAIRED_LABELS)
    .map(([name]) => name)
}

/** Append the positions of the set bits of a word to a list. Returns the new length. */
function listBits(list: Uint8Array, length: number, bits: number, offset: number): number {
  let n = length
  for (let left = bits; left !== 0; left &= left - 1)
    list[n++] = offset + 31 - Math.clz32(left & -left)
  return n
}
