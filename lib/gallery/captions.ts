import { formatCount } from '../format'
import type { ImageRow } from '../queries/image-rows'

/** "z 12", or "2D" for pictures that are not slices. */
export const sliceText = ({ axis, slice }: Pick<ImageRow, 'axis' | 'slice'>): string =>
  slice === null ? '2D' : `${axis} ${slice}`

/** "512 × 512 px"; "size unknown" until measured. */
export const sizeText = ({ width, height }: Pick<ImageRow, 'width' | 'height'>): string =>
  width === null || height === null
    ? 'size unknown'
    : `${formatCount(width)} × ${formatCount(height)} px`

/** "1 mask", "3 masks". */
export const masksText = (masks: number): string =>
  `${formatCount(masks)} mask${masks === 1 ? '' : 's'}`

/** One line about an image: modality, dataset, case, axis and slice, masks. */
export const imageTitle = (row: Omit<ImageRow, 'caseId'>): string =>
  `${row.modality} (${row.submodality}), ${row.dataset}, case ${row.caseName}, ${
    row.slice === null ? '2D' : `axis ${row.axis}, slice ${row.slice}`
  }, ${masksText(row.masks)}`
