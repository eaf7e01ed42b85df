'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
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
  setFilter(filter: Filter): void
  setUnions(unions: boolean): void
}

/** The page's state, which is the URL's: setting it adds an entry to the history. */
export function useFilter(): FilterState {
  const found = useSearchParams()
  // Null only while a page of the other router is prepared; there is none.
  const params = useMemo(() => new URLSearchParams(found ?? ''), [found])
  const query = params.toString()
  const unions = params.get('unions') === '1'
  const parsed = useMemo(() => parseFilter(query), [query])
  const push = useCallback(
    (filter: Filter, shown: boolean) => {
      const view = [...params]
        .filter(([name]) => VIEW_KEYS.has(name) && name !== 'unions')
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      const parts = [formatFilter(filter), ...(shown ? ['unions=1'] : []), ...view]
      const search = parts.filter(part => part !== '').join('&')
      window.history.pushState(null, '', search ? `?${search}` : window.location.pathname)
    },
    [params],
  )
  return useMemo(
    () => ({
      filter: parsed.filter,
      key: formatFilter(parsed.filter),
      problems: parsed.problems,
      unions,
      setFilter: filter => push(filter, unions),
      setUnions: shown => push(parsed.filter, shown),
    }),
    [parsed, unions, push],
  )
}
