import type { Dimensions } from '../filter/dimensions'
import { ALL_FACET_NAMES, FACETS } from '../filter/facets'
import { activeFacets, type Filter, selectsMasks, wantsAll } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import { parseFilter } from '../filter/query-string'
import { LABEL_FACETS, type Selection } from '../filter/selection'

/**
 * Filter of a recipe of version 1 → filter that selects the same images and masks now. A filter on masks took in
 * merged masks then; today it does with `union=0,1`.
 */
export function readOldWhere(where: string): string {
  const { filter } = parseFilter(where)
  return selectsMasks(filter) && !hasUnionFacet(filter) ? `${where}&union=0,1` : where
}

/**
 * Whether a filter of version 1 selects other images today: of "all of" some values, each had to be met by a mask that
 * passes all other mask facets too.
 */
export function hasOldAll(where: string): boolean {
  const { filter } = parseFilter(where)
  const masks = activeFacets(filter).filter(name => FACETS[name].of === 'mask')
  return ALL_FACET_NAMES.some(name => wantsAll(filter, name)) && masks.length > 1
}

/** The selection of a filter, with its requirements as version 1 had them; see `hasOldAll`. */
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
