import type { Engine } from '../engine/engine'
import { type Dimensions, type LabelRow, labelStructure } from '../filter/dimensions'
import { LABEL_FACETS, type Selection } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'
import type { Source } from './cells'
import { type GroupPattern, groupPatterns, type LabelCount, labelCounts } from './label-counts'

/** The groupings of labels: the label facets, and the structures of the chart by mask. */
const LABEL_GROUPINGS = { ...LABEL_FACETS, structure: labelStructure } as const
export type LabelGrouping = keyof typeof LABEL_GROUPINGS

/** Bits that a number holds exactly. */
const MAX_GROUPS = 52

/** One value of a grouping; its position in the list of groups is its bit. */
interface Group {
  readonly grouping: LabelGrouping
  readonly value: string
}

/**
 * Counts by several groupings of labels, in two passes over the data.
 *
 * @param unions Count union masks too; the union facet itself always shows both of its values.
 */
export async function labelFacets(
  engine: Engine,
  dimensions: Dimensions,
  selection: Selection,
  { source, unions }: { readonly source: Source; readonly unions: boolean },
  groupings: readonly LabelGrouping[],
  signal?: AbortSignal,
): Promise<Map<LabelGrouping, FacetCount[]>> {
  const shows = (row: LabelRow, grouping: LabelGrouping) =>
    unions || grouping === 'union' || !row.is_union
  // A label name is in at most one of an image's labels, so its images simply add up.
  const grouped = groupings.filter(grouping => grouping !== 'label')
  const groups = groupsOf(dimensions, grouped, shows)
  const bitsOf = dimensions.labels.map(row =>
    groups.reduce(
      (bits, { grouping, value }, bit) =>
        shows(row, grouping) && LABEL_GROUPINGS[grouping](row) === value ? bits + 2 ** bit : bits,
      0,
    ),
  )
  const [counts, patterns] = await Promise.all([
    labelCounts(engine, selection, source, signal),
    grouped.length > 0 ? groupPatterns(engine, selection, source, bitsOf, signal) : [],
  ])
  const images = imagesOfGroups(groups, patterns)
  const facetOf = (grouping: LabelGrouping): FacetCount[] => {
    const sums = sumByValue(counts, dimensions, grouping, shows)
    if (grouping === 'label') return sums
    return sums.map(sum => ({ ...sum, images: images.get(`${grouping} ${sum.value}`) ?? 0 }))
  }
  return new Map(groupings.map(grouping => [grouping, facetOf(grouping)]))
}

function groupsOf(
  dimensions: Dimensions,
  groupings: readonly LabelGrouping[],
  shows: (row: LabelRow, grouping: LabelGrouping) => boolean,
): Group[] {
  const groups = groupings.flatMap(grouping => {
    const rows = dimensions.labels.filter(row => shows(row, grouping))
    return [...new Set(rows.map(LABEL_GROUPINGS[grouping]))].map(value => ({ grouping, value }))
  })
  if (groups.length > MAX_GROUPS)
    throw new RangeError(`${groups.length} groups; bits for ${MAX_GROUPS}`)
  return groups
}

function imagesOfGroups(groups: readonly Group[], patterns: readonly GroupPattern[]) {
  const images = new Map<string, number>()
  for (const [bit, { grouping, value }] of groups.entries()) {
    const weight = 2 ** bit
    let sum = 0
    for (const pattern of patterns)
      if (Math.floor(pattern.bits / weight) % 2 === 1) sum += pattern.images
    images.set(`${grouping} ${value}`, sum)
  }
  return images
}

function sumByValue(
  counts: readonly LabelCount[],
  dimensions: Dimensions,
  grouping: LabelGrouping,
  shows: (row: LabelRow, grouping: LabelGrouping) => boolean,
): FacetCount[] {
  const sums = new Map<string, FacetCount>()
  for (const { label_id, images, masks } of counts) {
    const row = dimensions.labels[label_id]
    if (!row || !shows(row, grouping)) continue
    const value = LABEL_GROUPINGS[grouping](row)
    const sum = sums.get(value)
    sums.set(value, {
      value,
      images: images + (sum?.images ?? 0),
      masks: masks + (sum?.masks ?? 0),
    })
  }
  return [...sums.values()].sort((a, b) => (a.value < b.value ? -1 : 1))
}
