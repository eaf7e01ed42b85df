import { formatCount } from '../format'
import { compared, type FigureMaker, printed, underFilter } from './figure'
import { MODALITY_COLUMNS, modalityRows } from './modality-rows'
import { PAPER } from './published'
import { textTable } from './text-table'

/** The paper's table: modalities with their images and masks. */
export const modalityTable: FigureMaker = input => {
  const found = underFilter(input, 'modality')
  const rows = [...found].sort((a, b) => b.images - a.images || (a.value < b.value ? -1 : 1))
  const table = modalityRows(rows)
  const sum = (key: 'images' | 'masks') => rows.reduce((total, row) => total + row[key], 0)
  const percent = (value: number | null) => (value === null ? '—' : `${value.toFixed(2)}%`)
  const of = (modality: string) => found.find(row => row.value === modality)
  return {
    id: 'modality-table',
    title: 'Images and masks by modality',
    origin: 'the table of modalities',
    note: 'The shares are those of the logarithmic donut: ln(n) divided by the sum of ln(n) over the modalities.',
    columns: MODALITY_COLUMNS,
    rows: table,
    gap: rows.length === 0 ? 'No image matches the filter.' : null,
    picture:
      rows.length === 0
        ? null
        : {
            spec: textTable(
              ['Modality', 'Images', 'Masks', 'ln share, images', 'ln share, masks'],
              [
                ...table.map(row => [
                  row.modality,
                  formatCount(row.images),
                  formatCount(row.masks),
                  percent(row.log_images_pct),
                  percent(row.log_masks_pct),
                ]),
                ['Total', formatCount(sum('images')), formatCount(sum('masks')), '', ''],
              ],
            ),
          },
    comparison: compared(
      input,
      PAPER.modalities.rows.flatMap(row => [
        printed(row.modality, 'images', row.images, of(row.modality)?.images ?? 0),
        printed(row.modality, 'masks', row.masks, of(row.modality)?.masks ?? 0),
      ]),
    ),
    sql: `SELECT modality, count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks
FROM images JOIN submodalities USING (submodality_id)
GROUP BY modality ORDER BY images DESC, modality`,
  }
}
