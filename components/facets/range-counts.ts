import type { Counts } from '../../lib/counts/counts'
import { FACET_NAMES, FACETS, isRangeFacet, type RangeFacetName } from '../../lib/filter/facets'
import { RANGE_VALUES } from '../../lib/filter/range-bins'
import { countOf } from '../../lib/format'
import { binText } from './range-text'

export const RANGES = FACET_NAMES.filter(isRangeFacet)

export type RangeCounts = Readonly<Record<RangeFacetName, readonly number[]>>

/** Images by bin of each numeric facet; masks by bin of the area. Zeros until they are counted. */
export function rangeCounts(counts: Counts | null): RangeCounts {
  const of = (name: RangeFacetName) => {
    if (name === 'area') return counts?.areas ?? RANGE_VALUES.area.map(() => 0)
    const found = new Map(counts?.facets[name]?.map(row => [row.value, row.images]))
    return RANGE_VALUES[name].map(value => found.get(value) ?? 0)
  }
  return Object.fromEntries(RANGES.map(name => [name, of(name)])) as RangeCounts
}

/** Number of images or masks that are in no bin of a numeric facet, because they are not measured. */
export function unmeasured(name: RangeFacetName, all: Counts | null, bins: RangeCounts): number {
  if (!all) return 0
  const total = FACETS[name].of === 'mask' ? countedMasks(all) : all.totals.images
  return Math.max(0, total - bins[name].reduce((sum, n) => sum + n, 0))
}

/**
 * Masks that mask facets count; totals also include merged masks. Every mask is in exactly one structure, so their
 * counts add up.
 */
const countedMasks = ({ facets }: Counts) =>
  facets.structure.reduce((sum, row) => sum + row.masks, 0)

/** A bin and what is in it: "256–319 px: 12,345 images". */
export const binCountText = (name: RangeFacetName, bin: number, bins: readonly number[]): string =>
  `${binText(name, bin)}: ${countOf(bins[bin] ?? 0, FACETS[name].of)}`
