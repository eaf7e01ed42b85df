import { UserError } from '../errors'
import type { Dimensions } from './dimensions'
import type { Filter } from './filter'
import { parseFilter } from './query-string'
import { knownValues } from './selection'

/**
 * The filter that a script or a recipe asks for. A page can show a notice and go on; these must not
 * count something else than they were asked.
 *
 * @param text As in the page's URL.
 * @param where Named in the message, such as "--where"; empty for none.
 * @throws UserError for whatever the manifest does not understand.
 */
export function askedFilter(text: string, dimensions: Dimensions, where: string): Filter {
  const parsed = parseFilter(text)
  const { filter, problems } = knownValues(parsed.filter, dimensions)
  const wrong = [...parsed.problems, ...problems].join(' ')
  if (wrong !== '') throw new UserError(where === '' ? wrong : `${where}: ${wrong}`, 2)
  return filter
}
