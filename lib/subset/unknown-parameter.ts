import { ALL_FACET_NAMES, FACETS } from '../filter/facets'

/** Parameters of a filter. In a recipe they belong inside a filter. */
const OF_FILTERS: readonly string[] = [
  ...Object.keys(FACETS),
  ...ALL_FACET_NAMES.map(name => `${name}.all`),
]

/**
 * What is wrong with an unknown parameter of a URL, and what to write instead; null if all are known. Ignoring an
 * unknown parameter could silently change the result.
 *
 * @param where Name of the URL, for the message.
 */
export function unknownParameter(
  query: string,
  known: readonly string[],
  where: string,
): string | null {
  const pairs = [...new URLSearchParams(query)]
  const unknown = pairs.find(([key]) => !known.includes(key))
  if (!unknown) return null
  const facets = pairs.filter(([key]) => OF_FILTERS.includes(key) && !known.includes(key))
  if (facets.length === 0)
    return `${unknown[0]}=: unknown parameter of ${where}; expected one of ${known.join(', ')}`
  const filter = facets.map(([key, value]) => `${key}=${value}`).join('&')
  return `${facets[0]?.[0]}=: a filter is part of add= in the URL of a subset; write add=${encodeURIComponent(filter)}`
}
