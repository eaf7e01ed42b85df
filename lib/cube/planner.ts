import { FACETS, isRangeFacet, type RangeFacetName } from '../filter/facets'
import { activeFacets, type Filter, type Range, wantsAll } from '../filter/filter'
import { binsOfRange, RANGE_VALUES } from '../filter/range-bins'

/** What answers a filter, and why. */
export interface Plan {
  readonly path: 'cubes' | 'rows'
  /** Why the cubes are not exact for it, a sentence each; empty for the cubes. */
  readonly reasons: readonly string[]
}

/**
 * Whether the cubes answer a filter exactly. They do unless a range cuts one of their bins, asks
 * for the area of single masks, or images must have all of several values: cubes know which labels
 * an image has, but not how many masks of each.
 */
export function planCount(filter: Filter): Plan {
  const reasons = activeFacets(filter).flatMap(name => {
    const range = isRangeFacet(name) ? filter[name] : undefined
    if (range) return rangeReasons(name as RangeFacetName, range)
    return wantsAll(filter, name)
      ? [
          `masks of images that have all of several ${FACETS[name].title.toLowerCase()}s are not in the cubes`,
        ]
      : []
  })
  return { path: reasons.length === 0 ? 'cubes' : 'rows', reasons }
}

function rangeReasons(name: RangeFacetName, range: Range): string[] {
  if (name === 'area') return ['areas of single masks are not in the cubes']
  const { cut } = binsOfRange(name, range)
  const title = FACETS[name].title.toLowerCase()
  return cut.map(bin => `the range of ${title} cuts the bin ${RANGE_VALUES[name][bin]}`)
}
