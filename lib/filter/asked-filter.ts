import { UserError } from '../errors'
import type { Dimensions } from './dimensions'
import type { Filter } from './filter'
import { knownValues } from './known-values'
import { parseFilter } from './query-string'

/**
 * The filter of a command or a recipe. A page shows a notice for values that it does not know and leaves
 * them out; a command or a recipe must fail, because it would count something else.
 *
 * @param text As in the page's URL.
 * @param where Start of the error message, such as "--where"; empty for none.
 * @throws UserError for a facet or a value that the manifest does not have.
 */
export function askedFilter(text: string, dimensions: Dimensions, where: string): Filter {
  const parsed = parseFilter(text)
  const { filter, problems } = knownValues(parsed.filter, dimensions)
  const wrong = [...parsed.problems, ...problems].join(' ')
  if (wrong !== '') throw new UserError(where === '' ? wrong : `${where}: ${wrong}`, 2)
  return filter
}
