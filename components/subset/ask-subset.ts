import { UserError } from '../../lib/errors'
import { MOST_SHARED } from '../../lib/subset/address'

/**
 * Ask the server about a subset. A recipe that is too long for a URL is sent in the body.
 *
 * @param what Last part of `/api/subset/…`.
 * @throws UserError with the server's message if it refuses; the signal's reason.
 */
export async function askSubset(
  what: string,
  query: string,
  signal: AbortSignal,
): Promise<Response> {
  const response = await (query.length > MOST_SHARED
    ? fetch(`/api/subset/${what}`, { method: 'POST', body: query, signal })
    : fetch(`/api/subset/${what}?${query}`, { signal }))
  if (!response.ok) throw new UserError((await response.text()).trim())
  return response
}
