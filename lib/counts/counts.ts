import type { FacetCount, SizeCount } from '../manifest/manifest'
import type { Totals } from './totals'

/** What the overview counts by: the value facets, bins of images, and two groupings of charts. */
export const COUNTED = [
  'modality',
  'submodality',
  'dataset',
  'axis',
  'width',
  'height',
  'aspect',
  'masks',
  'flag',
  'organ',
  'label',
  'region',
  'side',
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
   * own values can be compared; values without any image or mask are absent, and so is what is not
   * measured. The values of numeric facets are `RANGE_VALUES`.
   */
  readonly facets: Readonly<Record<Counted, readonly FacetCount[]>>
  /** Selected masks by bin of `AREA_SHARE_BINS`, under all facets but the area. */
  readonly areas: readonly number[]
  /** Selected images by bins of width and height, under all facets but these two. */
  readonly sizes: readonly SizeCount[]
}
