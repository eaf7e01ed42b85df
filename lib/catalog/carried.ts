import { formatFilter, parseFilter } from '../filter/query-string'

/** Pages with a filter in their URL. */
const FILTERED: readonly string[] = ['/', '/gallery', '/figures']

/**
 * URL of a page with the filter of the open page, if both pages have a filter.
 *
 * @param path The page to go to.
 * @param from Path of the open page.
 * @param search Query string of the open page.
 */
export function carriedPath(path: string, from: string, search: string): string {
  const filter = FILTERED.includes(from) ? formatFilter(parseFilter(search).filter) : ''
  // A subset starts with the open page's filter.
  if (path === '/subset' && filter !== '') return `/subset?add=${encodeURIComponent(filter)}`
  if (!FILTERED.includes(path) || !FILTERED.includes(from)) return path
  return filter === '' ? path : `${path}?${filter}`
}
