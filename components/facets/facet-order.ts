import type { FacetCount } from '../../lib/manifest/manifest'

/** What a facet's values are sorted by. */
export type Order = 'count' | 'name'

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Compare names as people do: rib_2 before rib_10, case aside. */
export const byName = (a: string, b: string): number => collator.compare(a, b)

/** Unfiltered counts in order; by count, the order is one that no filter changes. */
export const inOrder = (rows: readonly FacetCount[], order: Order): readonly FacetCount[] =>
  rows.toSorted((a, b) => (order === 'count' && b.images - a.images) || byName(a.value, b.value))
