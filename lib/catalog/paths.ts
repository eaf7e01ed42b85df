import type { ValueFacetName } from '../filter/facets'
import { EMPTY_FILTER, withValues } from '../filter/filter'
import { formatFilter } from '../filter/query-string'

/** URL of a dataset's page; the name may contain any character. */
export const datasetPath = (name: string): string => `/datasets/${encodeURIComponent(name)}`

/** URL of a label's page; the name may contain any character. */
export const labelPath = (name: string): string => `/labels/${encodeURIComponent(name)}`

/** URL of the overview, filtered by one value of each facet in `values`. */
export function overviewPath(values: Partial<Record<ValueFacetName, string>>): string {
  const filter = Object.entries(values).reduce(
    (filter, [name, value]) => withValues(filter, name as ValueFacetName, [value]),
    EMPTY_FILTER,
  )
  return `/?${formatFilter(filter)}`
}

/**
 * The name in a page's URL, decoded.
 *
 * @param segment A step of the path, percent-encoded.
 */
export function nameIn(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A stray "%" is part of the name.
    return segment
  }
}
