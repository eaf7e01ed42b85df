import { UserError } from '../lib/errors'
import { hasUnionFacet } from '../lib/filter/merged'
import { parseFilter } from '../lib/filter/query-string'
import type { Effects } from './effects'

/**
 * The filter of `--where` with what the option `--unions` of version 0.1 means today; its use prints that.
 *
 * @throws UserError if the filter says itself which merged masks it wants.
 */
export function withUnions(where: string, { log }: Pick<Effects, 'log'>): string {
  if (hasUnionFacet(parseFilter(where).filter))
    throw new UserError(
      '--unions means union=0,1, but --where already has the facet union; leave one of them out',
      2,
    )
  log('samed2d: --unions now means union=0,1 in --where; the old name still works')
  return where === '' ? 'union=0,1' : `${where}&union=0,1`
}
