import { countOf } from '../../lib/format'
import type { Manifest } from '../../lib/manifest/manifest'

/**
 * What a number of bytes without masks includes. No table that a page reads has the sizes of single masks: the page
 * knows their sum, if all are known, and the server's counts of a subset.
 */
export const bytesOf = ({ summary, measured }: Pick<Manifest, 'summary' | 'measured'>): string =>
  summary.totals.maskBytes === undefined && measured?.what !== 'pixels'
    ? 'images only, mask sizes not recorded'
    : 'images only'

export const ALL_BYTES = 'images and masks'

/** Every image and every mask is one PNG file. */
export const filesText = (images: number, masks: number): string =>
  `${countOf(images + masks, 'PNG file')}`
