import { planeMark, planeText } from '../axes/known-axes'
import { formatCount } from '../format'
import type { ImageRow } from '../queries/image-rows'

/** "z 12 · sagittal", "z 12" where the plane is not known, or "2D" for pictures that are not slices. */
export function sliceText({
  dataset,
  axis,
  slice,
}: Pick<ImageRow, 'dataset' | 'axis' | 'slice'>): string {
  if (slice === null) return '2D'
  const plane = planeMark(dataset, axis)
  return plane === '' ? `${axis} ${slice}` : `${axis} ${slice} · ${plane}`
}

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
    row.slice === null ? '2D' : `${axisTitle(row)}, slice ${row.slice}`
  }, ${masksText(row.masks)}`

/** "axis x (axial)", or "axis x" where the plane is not known. */
export function axisTitle({ dataset, axis }: Pick<ImageRow, 'dataset' | 'axis'>): string {
  const plane = planeText(dataset, axis)
  return plane === '' ? `axis ${axis}` : `axis ${axis} (${plane})`
}
