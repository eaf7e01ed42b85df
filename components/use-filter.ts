'use client'

import { useMemo } from 'react'
import type { RangeFacetName } from '../lib/filter/facets'
import type { Filter, Range } from '../lib/filter/filter'
import { knownValues } from '../lib/filter/known-values'
import { formatFilter, parseFilter } from '../lib/filter/query-string'
import { PLACE_KEYS, VIEW_KEYS } from '../lib/filter/view-keys'
import { useSteadyFilter } from './deferred/use-steady-filter'
import { useNames } from './engine-provider'
import { putQueryString, queryString, useOfQueryString, useQueryString } from './use-query-string'

export interface FilterState {
  readonly filter: Filter
  /** The filter's canonical query string: equal strings are equal filters. */
  readonly key: string
  /** What the URL says that no facet understands, or that this manifest does not have. */
  readonly problems: readonly string[]
}

/** The filter that the URL asks for, without the values that this manifest lacks. */
export function useFilter(): FilterState {
  const query = useQueryString()
  const names = useNames()
  const wanted = useMemo(() => {
    const parsed = parseFilter(query)
    const known = knownValues(parsed.filter, names)
    return { filter: known.filter, problems: [...parsed.problems, ...known.problems] }
  }, [query, names])
  const filter = useSteadyFilter(wanted.filter)
  // The same object while the URL changes in other ways, such as where the gallery is scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: their text stands for the problems
  return useMemo(
    () => ({ filter, key: formatFilter(filter), problems: wanted.problems }),
    [filter, wanted.problems.join()],
  )
}

/**
 * A numeric facet's range in the URL. It changes at once, while the filter that is shown waits for its counts.
 *
 * @returns Undefined if the URL has no range for the facet.
 */
export function useWantedRange(name: RangeFacetName): Range | undefined {
  const rangeIn = (query: string) => parseFilter(query).filter[name]
  const text = useOfQueryString(query => {
    const range = rangeIn(query)
    return range ? formatFilter({ [name]: range }) : ''
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says all
  return useMemo(() => rangeIn(text), [text])
}

/**
 * Change the filter.
 *
 * @param options `sameEntry` rewrites the latest entry of the history instead of adding one, so that a drag is
 *   one entry.
 *
 * @returns Whether the query string changed.
 */
export function updateFilter(
  change: (filter: Filter) => Filter,
  { sameEntry = false } = {},
): boolean {
  const query = queryString()
  const { filter } = parseFilter(query)
  const changed = change(filter)
  const kept = viewIn(query).filter(
    ([name]) => !PLACE_KEYS.has(name) || formatFilter(changed) === formatFilter(filter),
  )
  return go(changed, kept, sameEntry)
}

/**
 * Change how the page shows things.
 *
 * @param pairs View keys and their values; null removes a key.
 * @param options As for `updateFilter`.
 */
export function updateView(
  pairs: Readonly<Record<string, string | null>>,
  { sameEntry = false } = {},
): boolean {
  const query = queryString()
  const kept = viewIn(query).filter(([name]) => !Object.hasOwn(pairs, name))
  const added = Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== null)
  return go(parseFilter(query).filter, [...kept, ...added], sameEntry)
}

type Pairs = readonly (readonly [name: string, value: string])[]

const viewIn = (query: string): Pairs =>
  [...new URLSearchParams(query)].filter(([name]) => VIEW_KEYS.has(name))

function go(filter: Filter, view: Pairs, sameEntry: boolean): boolean {
  const viewed = view.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const parts = [formatFilter(filter), ...viewed]
  return putQueryString(parts.filter(part => part !== '').join('&'), { sameEntry })
}
