import { FACETS } from '../filter/facets'
import { activeFacets, type Filter, wantsAll } from '../filter/filter'
import { binsOfRange, RANGE_VALUES } from '../filter/range-bins'
import { BINNED_ATTRIBUTES, type BinnedAttribute } from '../manifest/image-attributes'

/** What answers a filter, and why. */
export interface Plan {
  readonly path: 'cubes' | 'rows'
  /** Why the cubes are not exact for the filter, in sentences; empty if they are. */
  readonly reasons: readonly string[]
}

/** The part of a filter that the cubes cannot answer. */
export interface Gaps {
  /** Why the cubes cannot answer any cell, in sentences; empty if they cannot answer only the cut ones. */
  readonly everywhere: readonly string[]
  /** Bins that a range cuts. */
  readonly cut: readonly { readonly name: BinnedAttribute; readonly bin: number }[]
}

/**
 * What must be counted from the rows. The cubes are exact unless a range cuts one of their bins, a range asks for
 * areas of single masks, or images must have all of several values: the cubes know which labels an image has, but not
 * how many masks of each.
 */
export function gapsOf(filter: Filter): Gaps {
  const all = activeFacets(filter)
    .filter(name => wantsAll(filter, name))
    .map(
      name =>
        `there are no precomputed counts of masks for images with all of several ${FACETS[name].title.toLowerCase()}s`,
    )
  return {
    everywhere: [
      ...(filter.area ? ['there are no precomputed counts for ranges of the mask area'] : []),
      ...all,
    ],
    cut: BINNED_ATTRIBUTES.flatMap(name => {
      const range = filter[name]
      return range ? binsOfRange(name, range).cut.map(bin => ({ name, bin })) : []
    }),
  }
}

/** What answers a filter, and why. */
export function planCount(filter: Filter): Plan {
  const { everywhere, cut } = gapsOf(filter)
  const reasons = [
    ...everywhere,
    ...cut.map(
      ({ name, bin }) =>
        `the range of ${FACETS[name].title.toLowerCase()} cuts the bin ${RANGE_VALUES[name][bin]}`,
    ),
  ]
  return { path: reasons.length === 0 ? 'cubes' : 'rows', reasons }
}
