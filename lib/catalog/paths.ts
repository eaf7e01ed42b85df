import type { ValueFacetName } from '../filter/facets'
import { EMPTY_FILTER, withValues } from '../filter/filter'
import { formatFilter } from '../filter/query-string'

/** Address of a dataset's page; the name may hold any character. */
export const datasetPath = (name: string): string => `/datasets/${encodeURIComponent(name)}`

/** Address of a label's page; the name may hold any character. */
export const labelPath = (name: string): string => `/labels/${encodeURIComponent(name)}`

/** Address of the overview, filtered by one value each of some facets. */
export function overviewPath(values: Partial<Record<ValueFacetName, string>>): string {
  const filter = Object.entries(values).reduce(
    (filter, [name, value]) => withValues(filter, name as ValueFacetName, [value]),
    EMPTY_FILTER,
  )
  return `/?${formatFilter(filter)}`
}

/**
 * The name in a page's address, decoded.
 *
 * @param segment As Next hands it over: percent-encoded.
 */
export function nameIn(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A stray "%" is part of the name.
    return segment
  }
}
