'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { Filter } from '../lib/filter/filter'
import { formatFilter, parseFilter, VIEW_KEYS } from '../lib/filter/query-string'

export interface FilterState {
  readonly filter: Filter
  /** The filter's canonical query string: equal strings are equal filters. */
  readonly key: string
  /** What the URL says that no facet understands. */
  readonly problems: readonly string[]
  /** Count union masks in label and organ charts. */
  readonly unions: boolean
}

/** The page's state, which is the URL's. */
export function useFilter(): FilterState {
  const found = useSearchParams()
  // Null only while a page of the other router is prepared; there is none.
  const query = found?.toString() ?? ''
  return useMemo(() => {
    const { filter, problems } = parseFilter(query)
    return { filter, key: formatFilter(filter), problems, unions: unionsIn(query) }
  }, [query])
}

/** Change the filter; adds an entry to the history. */
export function updateFilter(change: (filter: Filter) => Filter): void {
  const query = window.location.search
  push(change(parseFilter(query).filter), unionsIn(query))
}

/** Count union masks in label and organ charts, or not. */
export function updateUnions(unions: boolean): void {
  push(parseFilter(window.location.search).filter, unions)
}

const unionsIn = (query: string) => new URLSearchParams(query).get('unions') === '1'

function push(filter: Filter, unions: boolean) {
  const view = [...new URLSearchParams(window.location.search)]
    .filter(([name]) => VIEW_KEYS.has(name) && name !== 'unions')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const parts = [formatFilter(filter), ...(unions ? ['unions=1'] : []), ...view]
  const search = parts.filter(part => part !== '').join('&')
  window.history.pushState(null, '', search ? `?${search}` : window.location.pathname)
}
