import { type Dimensions, type LabelRow, labelStructure } from '../filter/dimensions'
import { LABEL_FACETS, showsMerged } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'

/** The groupings of labels: the label facets, and the structures of the chart by mask. */
const LABEL_GROUPINGS = { ...LABEL_FACETS, structure: labelStructure } as const
export type LabelGrouping = keyof typeof LABEL_GROUPINGS

/** The groupings in which an image can have several labels of one group: all except single labels. */
export const GROUPED = (Object.keys(LABEL_GROUPINGS) as LabelGrouping[]).filter(
  grouping => grouping !== 'label',
)

/** One value of a grouping, such as the organ Liver. */
export interface LabelGroup {
  readonly grouping: LabelGrouping
  readonly value: string
}

/** Maximum number of groups that are counted together: the bits of two words. */
export const MAX_GROUPS = 64

/** The groups of each label id as bits: `low` has groups 0 to 31, `high` has groups 32 to 63. */
export interface GroupBits {
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** Selected masks with one label, and images with at least one of them. */
export interface LabelCount {
  readonly label_id: number
  readonly images: number
  readonly masks: number
}

/** Whether a label is counted in a grouping. */
const counts = (row: LabelRow, grouping: LabelGrouping, merged: boolean) =>
  merged || !row.is_union || showsMerged(grouping)

/** All groups of some groupings; a group's position is its bit in `groupBits`. */
export function labelGroupsOf(
  dimensions: Dimensions,
  groupings: readonly LabelGrouping[],
): LabelGroup[] {
  const groups = groupings.flatMap(grouping =>
    [...new Set(dimensions.labels.map(LABEL_GROUPINGS[grouping]))].map(value => ({
      grouping,
      value,
    })),
  )
  if (groups.length > MAX_GROUPS)
    throw new RangeError(`${groups.length} groups; there are bits for ${MAX_GROUPS}`)
  return groups
}

/** No groups, for that many labels. */
export const noGroups = (labels: number): GroupBits => ({
  low: new Uint32Array(labels),
  high: new Uint32Array(labels),
})

/**
 * The groups of each label id as bits, a bit for each group in their order.
 *
 * @param merged Whether merged labels are in other groups than those of the facet `union`.
 */
export function groupBits(
  dimensions: Dimensions,
  groups: readonly LabelGroup[],
  merged: boolean,
): GroupBits {
  const bits = noGroups(dimensions.labels.length)
  for (const [id, row] of dimensions.labels.entries())
    for (const [bit, { grouping, value }] of groups.entries())
      if (counts(row, grouping, merged) && LABEL_GROUPINGS[grouping](row) === value)
        setBit(bit < 32 ? bits.low : bits.high, id, bit % 32)
  return bits
}

function setBit(words: Uint32Array, at: number, bit: number) {
  words[at] = (words[at] as number) | (1 << bit)
}

/**
 * Counts of several groupings.
 *
 * @param merged As for `groupBits`.
 * @param imagesOf Images of a group, each counted once.
 */
export const groupingCounts = (
  groupings: readonly LabelGrouping[],
  labels: readonly LabelCount[],
  dimensions: Dimensions,
  merged: boolean,
  imagesOf: (group: LabelGroup) => number,
): [LabelGrouping, FacetCount[]][] =>
  groupings.map(grouping => {
    const images = (value: string) => imagesOf({ grouping, value })
    const counted = grouping === 'label' ? undefined : images
    return [grouping, groupCounts(labels, dimensions, grouping, merged, counted)]
  })

/**
 * Counts by the values of a grouping, ordered by value.
 *
 * @param labels Counts of single labels. Masks add up over labels.
 * @param imagesOf Images of a group, each counted once. Absent for the grouping `label`: an image has at most one
 *   label of a name, so its images add up too.
 */
function groupCounts(
  labels: readonly LabelCount[],
  dimensions: Dimensions,
  grouping: LabelGrouping,
  merged: boolean,
  imagesOf?: (value: string) => number,
): FacetCount[] {
  const sums = new Map<string, FacetCount>()
  for (const { label_id, images, masks } of labels) {
    const row = dimensions.labels[label_id]
    if (!row || !counts(row, grouping, merged)) continue
    const value = LABEL_GROUPINGS[grouping](row)
    const sum = sums.get(value) ?? { value, images: 0, masks: 0 }
    sums.set(value, { value, images: sum.images + images, masks: sum.masks + masks })
  }
  const rows = [...sums.values()].sort((a, b) => (a.value < b.value ? -1 : 1))
  return imagesOf ? rows.map(row => ({ ...row, images: imagesOf(row.value) })) : rows
}
