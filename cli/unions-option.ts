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
      '--unions is another name of union=0,1, but --where has a facet union; leave one of them out',
      2,
    )
  log('samed2d: --unions is another name of union=0,1 in --where, which you can write instead')
  return where === '' ? 'union=0,1' : `${where}&union=0,1`
}
