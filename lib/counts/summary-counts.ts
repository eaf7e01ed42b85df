import type { FacetCount, Summary } from '../manifest/manifest'
import { COUNTED, type Counted, type Counts } from './counts'

/** The counts of the empty filter, which a manifest has in its summary; what it lacks is empty. */
export const summaryCounts = ({ totals, facets, areas, sizes }: Summary): Counts => ({
  totals,
  facets: Object.fromEntries(COUNTED.map(name => [name, facets[name] ?? []])) as Record<
    Counted,
    readonly FacetCount[]
  >,
  areas,
  sizes,
})
