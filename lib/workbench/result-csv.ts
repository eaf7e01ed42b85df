import type { RecordBatch, Schema } from 'apache-arrow'
import { csvCell } from '../csv'
import { cellText } from './cell-text'

/** The header line of a CSV file. */
export const csvHeader = (schema: Schema): string =>
  `${schema.fields.map(({ name }) => csvCell(name)).join(',')}\n`

/** Rows of a batch as CSV lines; NULL is an empty field, and an empty text is in quotes. */
export function csvRows(batch: RecordBatch): string {
  const columns = batch.schema.fields.map((_, i) => batch.getChildAt(i))
  const lines: string[] = []
  for (let row = 0; row < batch.numRows; row++) {
    const cells = columns.map(column => {
      const text = column ? cellText(column, row) : null
      return text === null ? '' : text === '' ? '""' : csvCell(text)
    })
    lines.push(`${cells.join(',')}\n`)
  }
  return lines.join('')
}
