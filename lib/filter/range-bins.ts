import {
  AREA_SHARE_BINS,
  type Bins,
  binLabel,
  binRange,
  integerBinLabel,
  lastBelow,
  type TouchedBins,
  touchedBins,
} from '../manifest/bins'
import { IMAGE_ATTRIBUTES } from '../manifest/image-attributes'
import { FACETS, type RangeFacetName } from './facets'
import type { Range } from './filter'

/** The bins that a numeric facet is counted in. */
export const RANGE_BINS: Readonly<Record<RangeFacetName, Bins>> = {
  width: IMAGE_ATTRIBUTES.width.bins,
  height: IMAGE_ATTRIBUTES.height.bins,
  aspect: IMAGE_ATTRIBUTES.aspect.bins,
  masks: IMAGE_ATTRIBUTES.masks.bins,
  area: AREA_SHARE_BINS,
}

/** Distance between neighbouring values of a facet, as in `touchedBins`: 1 for whole numbers, else 0. */
export const stepOf = (name: RangeFacetName): 0 | 1 => (FACETS[name].integer ? 1 : 0)

/** The names of a facet's bins in its counts, by bin. */
export const RANGE_VALUES: Readonly<Record<RangeFacetName, readonly string[]>> = Object.fromEntries(
  (Object.keys(RANGE_BINS) as RangeFacetName[]).map(name => [
    name,
    RANGE_BINS[name].edges.map((_, bin) =>
      (FACETS[name].integer ? integerBinLabel : binLabel)(RANGE_BINS[name], bin),
    ),
  ]),
) as Record<RangeFacetName, string[]>

/**
 * The range that holds exactly the bins from `first` to `last`; without a limit before the first and after the
 * last bin.
 */
export function rangeOfBins(name: RangeFacetName, first: number, last: number): Range {
  const bins = RANGE_BINS[name]
  const { lo } = binRange(bins, first)
  const { hi } = binRange(bins, last)
  return {
    ...(first > 0 && { min: lo }),
    ...(hi !== null && { max: lastBelow(hi, stepOf(name)) }),
  }
}

/** The bins that a range of a facet touches and cuts. */
export const binsOfRange = (name: RangeFacetName, range: Range): TouchedBins =>
  touchedBins(RANGE_BINS[name], range, stepOf(name))
