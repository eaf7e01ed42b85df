import { FACETS, type FacetName, isRangeFacet } from '../../lib/filter/facets'
import {
  activeFacets,
  type Filter,
  toggleValue,
  wantsAll,
  withoutFacet,
} from '../../lib/filter/filter'
import { filterWords } from '../facets/axis-names'
import { rangeText } from '../facets/range-text'

/** One condition of a filter, and the filter without it. */
export interface FilterPart {
  readonly facet: FacetName
  /** "modality CT or MR", "width 200–511 px". */
  readonly text: string
  readonly without: (filter: Filter) => Filter
}

/** The conditions of a filter: one per facet, or one per value of a facet in `all`. */
export function filterParts(filter: Filter): FilterPart[] {
  return activeFacets(filter).flatMap((facet): FilterPart[] => {
    const title = FACETS[facet].title.toLowerCase()
    const part = (text: string, without = (f: Filter) => withoutFacet(f, facet)) => ({
      facet,
      text: `${title} ${text}`,
      without,
    })
    if (isRangeFacet(facet)) return [part(rangeText(facet, filter[facet] ?? {}))]
    const names = (values: readonly string[] | undefined = []) =>
      values.map(value => filterWords(filter, facet, value).text)
    const excluded = names(filter.not?.[facet]).map(name => `not ${name}`)
    if (!wantsAll(filter, facet))
      return [part([names(filter[facet]).join(' or '), ...excluded].filter(Boolean).join(', '))]
    const wanted = filter[facet] ?? []
    return wanted.map(value =>
      part([filterWords(filter, facet, value).text, ...excluded].join(', '), f =>
        toggleValue(f, facet, value),
      ),
    )
  })
}

/** "No image has both modality PET and organ Liver." */
export function emptyText(parts: readonly FilterPart[]): string {
  // All mask facets must match the same mask; the values of a facet in `all` may be on different masks.
  const facets = new Set(parts.map(({ facet }) => facet))
  const isOneMask = facets.size === parts.length && [...facets].every(isOfMask)
  const what = isOneMask && parts.length > 1 ? 'mask' : 'image'
  const [first, second, ...more] = parts.map(part => part.text)
  if (first === undefined) return 'This manifest has no images.'
  if (second === undefined) return `No ${what} has ${first}.`
  if (more.length === 0) return `No ${what} has both ${first} and ${second}.`
  return `No ${what} has all of these: ${[first, second, ...more].join('; ')}.`
}

const isOfMask = (facet: FacetName) => FACETS[facet].of === 'mask'
