import { hashOf } from '../../lib/images/hash'
import { MOST_SHARED } from '../../lib/subset/address'

const KEPT = 'samed2d.long-subset'

/** Used instead of the browser's storage if that is disabled; lost when the page is closed. */
let inMemory: string | null = null

/** The page's query string for a recipe's query string: itself, or a short name if it is too long for a URL. */
export const shortAddress = (query: string): string =>
  query.length <= MOST_SHARED ? query : `kept=${nameOf(query)}`

/** Store a query string that is too long for a URL in this browser, under its short name. */
export function keepLong(query: string): void {
  if (query.length <= MOST_SHARED) return
  inMemory = query
  try {
    localStorage.setItem(KEPT, query)
  } catch {
    // `inMemory` has it.
  }
}

/** The query string of a short name; null if another one has been stored since. */
export const longKept = (name: string): string | null =>
  [inMemory, stored()].find(query => query !== null && nameOf(query) === name) ?? null

function stored(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

/** The short name identifies a query string; it is not a secret. */
const nameOf = (query: string) => hashOf(query).toString(16).padStart(8, '0')
