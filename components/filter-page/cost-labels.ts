import { countOf } from '../../lib/format'

/** What the bytes include. No table that a page reads has the sizes of masks. */
export const BYTES_OF = 'images only, mask sizes not recorded'

/** Every image and every mask is one PNG file. */
export const filesText = (images: number, masks: number): string =>
  `${countOf(images + masks, 'PNG file')}`
