import type { Dimensions } from './dimensions'
import { type AllFacetName, FACETS } from './facets'
import { activeFacets, type Filter, wantsAll } from './filter'
import { LABEL_FACETS, meetsValue } from './selection'

/** A label, as counts of the values of a facet in `all` look at it. */
export interface AllValueLabel {
  readonly label_id: number
  /** Position of its value in `values`. */
  readonly value: number
  /** Whether it makes an image have the value. */
  readonly meets: boolean
  /** Whether the filter requires the value already. */
  readonly picked: boolean
}

export interface AllValues {
  readonly values: readonly string[]
  /** By label id. */
  readonly labels: readonly AllValueLabel[]
}

/**
 * Whether the values of a facet in `all` need counts of their own. Another mask facet then decides which masks count,
 * but not which labels an image has: an image with a small liver and a large kidney is selected by both organs and a
 * range of large areas.
 */
export const countsAlone = (filter: Filter, name: AllFacetName): boolean =>
  wantsAll(filter, name) &&
  activeFacets(filter).some(other => other !== name && FACETS[other].of === 'mask')

/** The values of a facet in `all`, and what each label means for them. */
export function allValues(filter: Filter, name: AllFacetName, { labels }: Dimensions): AllValues {
  const values = [...new Set(labels.map(LABEL_FACETS[name]))]
  return {
    values,
    labels: labels.map(row => {
      const value = LABEL_FACETS[name](row)
      return {
        label_id: row.label_id,
        value: values.indexOf(value),
        meets: meetsValue(row, name, value),
        picked: filter[name]?.includes(value) ?? false,
      }
    }),
  }
}
