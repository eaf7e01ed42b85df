import { FLAG_VALUES } from '../manifest/flags'
import { MEANT, nearestNames, plainName } from '../nearest-names'
import type { Dimensions } from './dimensions'
import { VALUE_FACET_NAMES, type ValueFacetName } from './facets'
import { type Filter, withExcluded, withValues } from './filter'
import { isListedFacet, LISTED_FACETS } from './image-facets'
import { formatFilter } from './query-string'
import { LABEL_FACETS } from './selection'

/** Every value that a facet can take in a manifest. */
export function facetValues(name: ValueFacetName, dimensions: Dimensions): ReadonlySet<string> {
  if (isListedFacet(name)) return new Set(LISTED_FACETS[name](dimensions))
  switch (name) {
    case 'flag':
      return new Set(FLAG_VALUES)
    case 'side':
      return new Set([...dimensions.labels.map(LABEL_FACETS.side), 'left', 'right'])
    case 'lesion':
    case 'union':
      return new Set(['0', '1'])
    default:
      return new Set(dimensions.labels.map(LABEL_FACETS[name]))
  }
}

/**
 * Number of suggestions per filter: a filter can have thousands of unknown values, and each suggestion takes some
 * milliseconds.
 */
const SUGGESTED = 5

/**
 * Drop the values that a manifest does not have. A facet left without values is dropped too.
 *
 * @returns The filter, and one message for each dropped value; the first ones name similar values.
 */
export function knownValues(
  filter: Filter,
  dimensions: Dimensions,
): { filter: Filter; problems: string[] } {
  const problems: string[] = []
  let known = filter
  for (const name of VALUE_FACET_NAMES) {
    const wanted = filter[name]
    const excluded = filter.not?.[name]
    if (!wanted && !excluded) continue
    const all = facetValues(name, dimensions)
    const keep = (values: readonly string[], asPart: AsPart) => {
      for (const value of values.filter(each => !all.has(each))) {
        const help =
          problems.length < SUGGESTED ? suggestion(name, value, dimensions, asPart) : null
        problems.push(`This manifest has no ${name} "${value}".${help ? ` ${help}` : ''}`)
      }
      return values.filter(value => all.has(value))
    }
    if (wanted) known = withValues(known, name, keep(wanted, wantedPart))
    if (excluded) known = withExcluded(known, name, keep(excluded, excludedPart))
  }
  return { filter: known, problems }
}

/** A facet and a value as in a query string. */
type AsPart = (facet: ValueFacetName, value: string) => string
const wantedPart: AsPart = (facet, value) => formatFilter({ [facet]: [value] })
const excludedPart: AsPart = (facet, value) => formatFilter({ not: { [facet]: [value] } })

/** Facets with more values are not listed in messages. */
const LISTED_VALUES = 20

/** Similar values of the facet, or else facets that have the value, or else all values if they are few. */
function suggestion(
  name: ValueFacetName,
  value: string,
  dimensions: Dimensions,
  asPart: AsPart,
): string | null {
  const values = [...facetValues(name, dimensions)]
  const plain = plainName(value)
  const similar = nearestNames(value, values, 3, MEANT).map(each => asPart(name, each))
  const elsewhere = VALUE_FACET_NAMES.flatMap(facet =>
    [...facetValues(facet, dimensions)]
      .filter(each => plainName(each) === plain)
      .map(each => asPart(facet, each)),
  )
  const meant = similar.length > 0 ? similar : elsewhere
  if (meant.length > 0) return `Did you mean ${meant.join(' or ')}?`
  return values.length <= LISTED_VALUES ? `Expected one of ${values.join(', ')}.` : null
}
