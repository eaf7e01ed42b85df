import { selectsMasks } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import { parseFilter } from '../filter/query-string'

/**
 * Filter of a recipe of version 1 → filter that selects the same images and masks now. A filter on masks took in
 * merged masks then; today it does with `union=0,1`.
 */
export function readOldWhere(where: string): string {
  const { filter } = parseFilter(where)
  return selectsMasks(filter) && !hasUnionFacet(filter) ? `${where}&union=0,1` : where
}
