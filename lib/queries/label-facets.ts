import {
  groupBits,
  groupingCounts,
  type LabelGroup,
  type LabelGrouping,
  labelGroupsOf,
} from '../counts/label-groups'
import type { Engine } from '../engine/engine'
import type { Dimensions } from '../filter/dimensions'
import type { Selection } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'
import { type GroupPattern, groupPatterns, labelCounts } from './label-counts'

/** Counts of the selected masks by several groupings of labels, in two passes over the rows. */
export async function labelFacets(
  engine: Engine,
  dimensions: Dimensions,
  selection: Selection,
  groupings: readonly LabelGrouping[],
  signal?: AbortSignal,
): Promise<[LabelGrouping, FacetCount[]][]> {
  const grouped = groupings.filter(grouping => grouping !== 'label')
  const groups = labelGroupsOf(dimensions, grouped)
  // The selection says which masks are counted.
  const bits = groupBits(dimensions, groups, true)
  const [labels, patterns] = await Promise.all([
    labelCounts(engine, selection, signal),
    grouped.length > 0 ? groupPatterns(engine, selection, bits, signal) : [],
  ])
  const images = imagesOfGroups(groups, patterns)
  return groupingCounts(
    groupings,
    labels,
    dimensions,
    true,
    ({ grouping, value }) => images.get(`${grouping} ${value}`) ?? 0,
  )
}

function imagesOfGroups(groups: readonly LabelGroup[], patterns: readonly GroupPattern[]) {
  const images = new Map<string, number>()
  for (const [bit, { grouping, value }] of groups.entries()) {
    const word = bit < 32 ? 'low' : 'high'
    let sum = 0
    for (const pattern of patterns) if ((pattern[word] >>> (bit % 32)) & 1) sum += pattern.images
    images.set(`${grouping} ${value}`, sum)
  }
  return images
}
