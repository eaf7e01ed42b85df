import { formatFilter, parseFilter } from '../filter/query-string'

/** Pages whose address holds a filter. */
const FILTERED: readonly string[] = ['/', '/gallery', '/figures']

/**
 * Address of a page, with the filter of the page that is open, if both have one.
 *
 * @param path The page to go to.
 * @param from Path of the page that is open.
 * @param search Its query string.
 */
export function carriedPath(path: string, from: string, search: string): string {
  const filter = FILTERED.includes(from) ? formatFilter(parseFilter(search).filter) : ''
  // A subset begins with what is in sight.
  if (path === '/subset' && filter !== '') return `/subset?add=${encodeURIComponent(filter)}`
  if (!FILTERED.includes(path) || !FILTERED.includes(from)) return path
  return filter === '' ? path : `${path}?${filter}`
}
