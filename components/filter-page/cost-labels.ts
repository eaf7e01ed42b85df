import { countOf } from '../../lib/format'
import type { Manifest } from '../../lib/manifest/manifest'

/**
 * What a number of bytes without masks includes. No table that a page reads has the sizes of single masks: once they
 * are known, only their sum is, and the server's counts of a subset.
 */
export const bytesOf = ({ maskBytes }: Pick<Manifest['summary']['totals'], 'maskBytes'>): string =>
  maskBytes === undefined ? 'images only, mask sizes not recorded' : 'images only'

export const ALL_BYTES = 'images and masks'

/** Every image and every mask is one PNG file. */
export const filesText = (images: number, masks: number): string =>
  `${countOf(images + masks, 'PNG file')}`
