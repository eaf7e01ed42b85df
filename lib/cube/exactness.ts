import type { Range } from '../filter/filter'
import type { Selection } from '../filter/selection'
import { type Bins, MASK_COUNT_BINS, SIZE_BINS, touchedBins } from '../manifest/bins'

/** True if whole bins make up the range, so that counted bins answer it exactly. */
export const isWholeBins = (bins: Bins, range: Range): boolean =>
  touchedBins(bins, range, 1).cut.length === 0

/** The cubes are exact unless a range cuts a bin or asks for the area of single masks. */
export const cubeIsExact = ({ width, height, masks, area }: Selection): boolean =>
  area === null &&
  (width === null || isWholeBins(SIZE_BINS, width)) &&
  (height === null || isWholeBins(SIZE_BINS, height)) &&
  (masks === null || isWholeBins(MASK_COUNT_BINS, masks))
