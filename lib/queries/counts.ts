import type { FacetCount } from '../manifest/manifest'
import type { Totals } from './totals'

/** What the overview counts by: the value facets, and three groupings that only charts use. */
export const COUNTED = [
  'modality',
  'submodality',
  'dataset',
  'axis',
  'masks',
  'organ',
  'label',
  'region',
  'lesion',
  'union',
  'structure',
  'datasetStructure',
] as const
export type Counted = (typeof COUNTED)[number]

/** Everything that the overview counts, for one filter. */
export interface Counts {
  readonly totals: Totals
  /**
   * Selected images and masks by value. Each facet is counted under all other facets, so that its
   * own values can be compared; values without any image or mask are absent.
   */
  readonly facets: Readonly<Record<Counted, readonly FacetCount[]>>
}
