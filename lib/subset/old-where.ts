import type { Dimensions } from '../filter/dimensions'
import { ALL_FACET_NAMES, FACETS } from '../filter/facets'
import { activeFacets, type Filter, selectsMasks, wantsAll } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import { parseFilter } from '../filter/query-string'
import { LABEL_FACETS, type Selection } from '../filter/selection'

/**
 * Convert a filter of a version 1 recipe so that it selects the same images and masks today. In version 1, a filter on
 * masks included merged masks. Today that needs `union=0,1`.
 */
export function readOldWhere(where: string): string {
  const { filter } = parseFilter(where)
  return selectsMasks(filter) && !hasUnionFacet(filter) ? `${where}&union=0,1` : where
}

/**
 * Whether a filter of version 1 selects other images today. In version 1, each value of an "all of" had to be matched
 * by a mask that also passed all other mask facets.
 */
export function hasOldAll(where: string): boolean {
  const { filter } = parseFilter(where)
  const masks = activeFacets(filter).filter(name => FACETS[name].of === 'mask')
  return ALL_FACET_NAMES.some(name => wantsAll(filter, name)) && masks.length > 1
}

/** The selection of a filter, with "all of" as in version 1; see `hasOldAll`. */
export function withOldAll(
  selection: Selection,
  filter: Filter,
  { labels }: Dimensions,
): Selection {
  const passing = new Set(selection.labelIds)
  const required = ALL_FACET_NAMES.filter(name => wantsAll(filter, name)).flatMap(name =>
    (filter[name] ?? []).map(value =>
      labels
        .filter(row => passing.has(row.label_id) && LABEL_FACETS[name](row) === value)
        .map(row => row.label_id),
    ),
  )
  return { ...selection, required, ...(selection.area && { requiredArea: selection.area }) }
}
