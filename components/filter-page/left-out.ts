import type { Filter } from '../../lib/filter/filter'
import { hasUnionFacet } from '../../lib/filter/merged'
import { isMergedLabel } from '../../lib/taxonomy/label-words'

/** What a range of areas leaves out beyond its bounds, in words. Any range of areas does, even a full one. */
export function leftOutByArea(filter: Filter): string[] {
  const { min = 0, max = 1 } = filter.area ?? {}
  const takesMerged = hasUnionFacet(filter) || filter.label?.some(isMergedLabel)
  return [
    ...(min <= 0 && max >= 1 ? ['measured masks only'] : []),
    ...(takesMerged ? [] : ['merged masks left out']),
  ]
}
