'use client'

import { useMemo } from 'react'
import type { Filter } from '../lib/filter/filter'
import { formatFilter, parseFilter, VIEW_KEYS } from '../lib/filter/query-string'
import { putQueryString, useQueryString } from './use-query-string'

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
  const query = useQueryString()
  return useMemo(() => {
    const { filter, problems } = parseFilter(query)
    return { filter, key: formatFilter(filter), problems, unions: unionsIn(query) }
  }, [query])
}

/**
 * Change the filter; adds an entry to the history, or rewrites the latest: a drag is one change.
 *
 * @returns Whether the address changed.
 */
export function updateFilter(
  change: (filter: Filter) => Filter,
  { sameEntry = false } = {},
): boolean {
  const query = window.location.search
  return go(change(parseFilter(query).filter), unionsIn(query), sameEntry)
}

/** Count union masks in label and organ charts, or not. */
export function updateUnions(unions: boolean): void {
  go(parseFilter(window.location.search).filter, unions, false)
}

const unionsIn = (query: string) => new URLSearchParams(query).get('unions') === '1'

function go(filter: Filter, unions: boolean, sameEntry: boolean): boolean {
  const view = [...new URLSearchParams(window.location.search)]
    .filter(([name]) => VIEW_KEYS.has(name) && name !== 'unions')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const parts = [formatFilter(filter), ...(unions ? ['unions=1'] : []), ...view]
  return putQueryString(parts.filter(part => part !== '').join('&'), { sameEntry })
}
