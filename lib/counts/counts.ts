import { IMAGE_FACET_NAMES, type ImageFacetName } from '../filter/image-facets'
import { LABEL_FACET_NAMES, type LabelFacetName } from '../filter/selection'
import type { FacetCount, SizeCount } from '../manifest/manifest'
import type { Totals } from './totals'

/** What the overview counts by: facets of images and labels, and two groupings of charts. */
export type Counted = ImageFacetName | LabelFacetName | 'structure' | 'datasetStructure'

export const COUNTED: readonly Counted[] = [
  ...IMAGE_FACET_NAMES,
  ...LABEL_FACET_NAMES,
  'structure',
  'datasetStructure',
]

/** Everything that the overview counts, for one filter. */
export interface Counts {
  readonly totals: Totals
  /**
   * Selected images and masks by value. The values of each facet are counted under all other facets, so that they can
   * be compared. Values without an image or mask are absent. Images that are not measured have no value.
   * `RANGE_VALUES` has the values of numeric facets.
   */
  readonly facets: Readonly<Record<Counted, readonly FacetCount[]>>
  /** Selected masks by bin of `AREA_SHARE_BINS`, under all facets except the area. */
  readonly areas: readonly number[]
  /** Selected images by bins of width and height, under all facets except these two. */
  readonly sizes: readonly SizeCount[]
}
