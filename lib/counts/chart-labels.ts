import type { Filter } from '../filter/filter'
import { takesMerged } from '../filter/merged'
import type { FacetCount } from '../manifest/manifest'
import { isMergedLabel } from '../taxonomy/label-words'

/**
 * Counts of the facet `label` → the rows for charts by label. The facet lists every merged label; charts leave out
 * those that the filter does not count.
 */
export const chartLabels = (rows: readonly FacetCount[], filter: Filter): readonly FacetCount[] =>
  rows.filter(({ value }) => takesMerged(filter, value) || !isMergedLabel(value))
