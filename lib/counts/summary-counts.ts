import type { FacetCount, Summary } from '../manifest/manifest'
import { COUNTED, type Counted, type Counts } from './counts'

/** The counts of the empty filter, from a manifest's summary. Facets that the summary lacks are empty. */
export const summaryCounts = ({ totals, facets, areas, sizes }: Summary): Counts => ({
  totals,
  facets: Object.fromEntries(COUNTED.map(name => [name, facets[name] ?? []])) as Record<
    Counted,
    readonly FacetCount[]
  >,
  areas,
  sizes,
})
