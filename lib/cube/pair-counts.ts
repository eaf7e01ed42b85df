import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { groupBits, labelGroupsOf } from '../queries/label-groups'
import type { CellFacets, Cube } from './cube'
import { failedFacets } from './image-facets'
import { chosenLabels, imagesBySet } from './passing'
import { setGroups } from './set-groups'

export type PairRows = 'organ' | 'dataset' | 'label'
export type PairColumns = 'modality' | 'submodality' | 'organ' | 'label'

/** What two values have in common under a filter. */
export interface PairCount {
  readonly row: string
  readonly column: string
  /** Images that have both, each counted once. */
  readonly images: number
  /** Selected masks that have both; null for label with label, as a mask has one label. */
  readonly masks: number | null
}

/** Labels that are paired with each other at most; the most frequent ones. */
export const MAX_PAIRED_LABELS = 40

/**
 * Count pairs of values from the cubes, under all facets of the filter; exact for filters whose
 * selection is `cubeIsExact`. Pairs that nothing has are absent.
 *
 * Organ with modality or sub-modality, dataset with organ, and label with label: there each of the
 * filter's `MAX_PAIRED_LABELS` most frequent labels by images, with itself too (its own images).
 *
 * @param unions Count union masks too.
 * @throws RangeError for any other combination.
 */
export function countPairs(
  cube: Cube,
  dimensions: Dimensions,
  filter: Filter,
  unions: boolean,
  rowsBy: PairRows,
  columnsBy: PairColumns,
): PairCount[] {
  const asked = { cube, dimensions, filter, unions, chosen: chosenLabels(filter, dimensions) }
  if (rowsBy === 'organ' && (columnsBy === 'modality' || columnsBy === 'submodality'))
    return organPairs(asked, columnsBy)
  if (rowsBy === 'dataset' && columnsBy === 'organ')
    return organPairs(asked, 'dataset').map(pair => ({
      ...pair,
      row: pair.column,
      column: pair.row,
    }))
  if (rowsBy === 'label' && columnsBy === 'label') return labelPairs(asked)
  throw new RangeError(`${rowsBy} with ${columnsBy} is not counted`)
}

interface Asked {
  readonly cube: Cube
  readonly dimensions: Dimensions
  readonly filter: Filter
  readonly unions: boolean
  /** 1 for each label id that passes every label facet. */
  readonly chosen: Uint8Array
}

type ImageAttribute = 'modality' | 'submodality' | 'dataset'

const NAMES_OF: Record<ImageAttribute, (dimensions: Dimensions) => string[]> = {
  modality: ({ submodalities }) => submodalities.map(row => row.modality),
  submodality: ({ submodalities }) => submodalities.map(row => row.submodality),
  dataset: ({ datasets }) => datasets.map(row => row.dataset),
}

/** Organs (rows) with an attribute that each image has one value of (columns). */
function organPairs(asked: Asked, attribute: ImageAttribute): PairCount[] {
  const { cube, dimensions, filter, unions, chosen } = asked
  const organs = labelGroupsOf(dimensions, ['organ'], unions)
  const bits = groupBits(dimensions, organs, unions)
  const idsOf = (cells: CellFacets) => (attribute === 'dataset' ? cells.dataset : cells.submodality)
  const nameOf = NAMES_OF[attribute](dimensions)
  const columns = [...new Set(nameOf)]
  /** Where the column of each id begins. */
  const offsets = Uint32Array.from(nameOf, name => columns.indexOf(name) * organs.length)

  const images = new Float64Array(columns.length * organs.length)
  const { low, high } = setGroups(cube.sets, chosen, bits)
  const failedImages = failedFacets(cube.images, filter, dimensions)
  const imageIds = idsOf(cube.images)
  for (let cell = 0; cell < failedImages.length; cell++) {
    if (failedImages[cell] !== 0) continue
    const set = cube.images.set[cell] as number
    const n = cube.images.images[cell] as number
    const offset = offsets[imageIds[cell] as number] as number
    addToBits(images, low[set] as number, offset, n)
    addToBits(images, high[set] as number, offset + 32, n)
  }

  const masks = new Float64Array(images.length)
  const failedLabels = failedFacets(cube.labels, filter, dimensions)
  const labelIds = idsOf(cube.labels)
  const organOf = bits.map(bit => (bit === 0 ? -1 : Math.log2(bit)))
  for (let cell = 0; cell < failedLabels.length; cell++) {
    const label = cube.labels.label[cell] as number
    const organ = organOf[label] as number
    if (failedLabels[cell] !== 0 || chosen[label] !== 1 || organ < 0) continue
    const at = (offsets[labelIds[cell] as number] as number) + organ
    masks[at] = (masks[at] as number) + (cube.labels.masks[cell] as number)
  }

  return organs.flatMap(({ value: row }, organ) =>
    columns.flatMap((column, i) => {
      const at = i * organs.length + organ
      const n = images[at] as number
      return n > 0 ? [{ row, column, images: n, masks: masks[at] as number }] : []
    }),
  )
}

/** Add to the sum of each bit that is set. */
function addToBits(sums: Float64Array, bits: number, offset: number, n: number) {
  let left = bits
  while (left !== 0) {
    const at = offset + 31 - Math.clz32(left & -left)
    sums[at] = (sums[at] as number) + n
    left &= left - 1
  }
}

/** The most frequent labels with each other. */
function labelPairs(asked: Asked): PairCount[] {
  const { cube, dimensions, filter, chosen } = asked
  const names = frequentLabels(asked)
  const bits = dimensions.labels.map(row => {
    const bit = isCounted(asked, row.label_id) ? names.indexOf(row.label) : -1
    return bit < 0 ? 0 : 2 ** bit
  })
  const { low, high } = setGroups(cube.sets, chosen, bits)
  const bySet = imagesBySet(cube, failedFacets(cube.images, filter, dimensions))
  const size = names.length
  // Below the diagonal and on it: a pair is the same both ways.
  const both = new Float64Array(size * size)
  const held = new Uint8Array(size)
  for (let set = 0; set < bySet.length; set++) {
    const n = bySet[set] as number
    if (n === 0) continue
    const lower = listBits(held, 0, low[set] as number, 0)
    const count = listBits(held, lower, high[set] as number, 32)
    for (let i = 0; i < count; i++) {
      const offset = (held[i] as number) * size
      for (let j = 0; j <= i; j++) {
        const at = offset + (held[j] as number)
        both[at] = (both[at] as number) + n
      }
    }
  }
  return names.flatMap((row, a) =>
    names.flatMap((column, b) => {
      const images = both[Math.max(a, b) * size + Math.min(a, b)] as number
      return images > 0 ? [{ row, column, images, masks: null }] : []
    }),
  )
}

const isCounted = ({ dimensions, unions, chosen }: Asked, label: number) =>
  chosen[label] === 1 && (unions || dimensions.labels[label]?.is_union === false)

/** Names of the labels with most images, most first; ties by name. */
function frequentLabels(asked: Asked): string[] {
  const { cube, dimensions, filter } = asked
  const failed = failedFacets(cube.labels, filter, dimensions)
  const byLabel = new Float64Array(dimensions.labels.length)
  for (let cell = 0; cell < failed.length; cell++)
    if (failed[cell] === 0) {
      const label = cube.labels.label[cell] as number
      byLabel[label] = (byLabel[label] as number) + (cube.labels.images[cell] as number)
    }
  // A name is at most one of an image's labels, so its images add up.
  const byName = new Map<string, number>()
  for (const { label, label_id } of dimensions.labels) {
    const n = isCounted(asked, label_id) ? (byLabel[label_id] as number) : 0
    if (n > 0) byName.set(label, (byName.get(label) ?? 0) + n)
  }
  return [...byName]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MAX_PAIRED_LABELS)
    .map(([name]) => name)
}

/** Append the numbers of the bits that are set; the new length. */
function listBits(list: Uint8Array, length: number, bits: number, offset: number): number {
  let n = length
  for (let left = bits; left !== 0; left &= left - 1)
    list[n++] = offset + 31 - Math.clz32(left & -left)
  return n
}
