import { hashOf } from '../../lib/images/hash'
import { MOST_SHARED } from '../../lib/subset/address'

const KEPT = 'samed2d.long-subset'

/** Where the browser keeps nothing, at least until the page is left. */
let inMemory: string | null = null

/** The page's query string for a recipe's: itself, or what names one that is too long for an address. */
export const shortAddress = (query: string): string =>
  query.length <= MOST_SHARED ? query : `kept=${nameOf(query)}`

/** Keep a query string that is too long for an address, to be found by its name in this browser. */
export function keepLong(query: string): void {
  if (query.length <= MOST_SHARED) return
  inMemory = query
  try {
    localStorage.setItem(KEPT, query)
  } catch {
    // It is in memory.
  }
}

/** What was kept under a name; null if something else was kept since. */
export const longKept = (name: string): string | null =>
  [inMemory, stored()].find(query => query !== null && nameOf(query) === name) ?? null

function stored(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

/** To tell one from another: nobody is kept out by it. */
const nameOf = (query: string) => hashOf(query).toString(16).padStart(8, '0')
