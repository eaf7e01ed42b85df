import { cellOf, maskPathOf, pathOf, type SubsetLabel, type SubsetSeries } from '../subset-image'
import { onceEach } from './once-each'
import type { Writer } from './writer'

export const CSV_COLUMNS = [
  'image',
  'mask',
  'split',
  'modality',
  'submodality',
  'dataset',
  'case_name',
  'axis',
  'slice',
  'width',
  'height',
  'label',
  'organ',
  'region',
  'is_lesion',
  'is_union',
  'class_id',
  'instance',
  'area',
  'x0',
  'y0',
  'x1',
  'y1',
] as const

/** Columns of a subset with folds. The fold follows the split. */
const FOLDED_COLUMNS = CSV_COLUMNS.flatMap(column =>
  column === 'split' ? [column, 'fold'] : [column],
)

/** A row for each mask, and a row for each image without masks. Unknown values are empty fields. */
export const csv: Writer = ({ folds }) => {
  const header = `${(folds > 0 ? FOLDED_COLUMNS : CSV_COLUMNS).join(',')}\n`
  const seriesCells = onceEach(({ modality, submodality, dataset, caseName }: SubsetSeries) =>
    [modality, submodality, dataset, caseName].map(cellOf).join(','),
  )
  const labelCells = onceEach(({ label, organ, region, isLesion, isUnion, classId }: SubsetLabel) =>
    [label, organ, region, isLesion, isUnion, classId].map(cellOf).join(','),
  )
  // Only the start of a name can contain characters that need quotes, so only the start is checked.
  const isPlain = onceEach(({ start }: SubsetSeries) => cellOf(start) === start)
  return [
    {
      needs: 'areas',
      open: header,
      between: '',
      close: '',
      empty: header,
      itemOf: image => {
        const { series, axis, slice, width, height, split, fold, masks } = image
        const quoted = isPlain(series) ? (path: string) => path : cellOf
        const path = quoted(pathOf(image))
        const size = `${width ?? ''},${height ?? ''}`
        const part = folds > 0 ? `${split ?? ''},${fold ?? ''}` : (split ?? '')
        const rest = `${part},${seriesCells(series)},${axis},${slice ?? ''},${size}`
        if (masks.length === 0) return `${path},,${rest},,,,,,,,,,,,\n`
        let text = ''
        for (const mask of masks) {
          const { of, instance, area, box } = mask
          const measures = `${area ?? ''},${box ? `${box[0]},${box[1]},${box[2]},${box[3]}` : ',,,'}`
          text += `${path},${quoted(maskPathOf(image, mask))},${rest},${labelCells(of)},${instance},${measures}\n`
        }
        return text
      },
    },
  ]
}
