/**
 * The query string of a request as it was sent, without "?", and without the parameters that a route
 * of `pages/` adds for the pieces of its own path.
 *
 * @param url Path and query of the request, as Node hands them over.
 * @param own Names of the route's own parameters, plain words.
 */
export function routeQuery(url: string | undefined, ...own: readonly string[]): string {
  const { search } = new URL(url ?? '', 'http://localhost')
  return search
    .slice(1)
    .split('&')
    .filter(pair => !own.includes(pair.split('=', 1)[0] ?? ''))
    .join('&')
}
