import type { FacetCount } from '../../lib/manifest/manifest'

/** What a facet's values are sorted by. */
export type Order = 'count' | 'name'

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Compare names with numbers in numeric order (rib_2 before rib_10), ignoring case. */
export const byName = (a: string, b: string): number => collator.compare(a, b)

/** Unfiltered counts in order. The order by count does not depend on the filter, because the counts do not. */
export const inOrder = (rows: readonly FacetCount[], order: Order): readonly FacetCount[] =>
  rows.toSorted((a, b) => (order === 'count' && b.images - a.images) || byName(a.value, b.value))
