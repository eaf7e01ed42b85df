import type { ListSink } from './list-sink'
import { isFileName, picturesIn } from './named-pictures'

/** A column of a table of files. */
export interface ListColumn {
  readonly name: string
  /** Whether the column name says that every value is a file. */
  readonly isFile: boolean
}

/** Values that mean "empty" in tables of pandas, R and databases. */
const EMPTY = new Set(['', 'nan', 'none', 'null', 'na', 'n/a', '<na>', '-'])

export const columnsOf = (names: readonly string[]): ListColumn[] =>
  names.map(name => ({ name, isFile: isFileName(name) }))

/**
 * Add a row of a table: every picture in any cell, and other values of file columns.
 *
 * @param text The original row, for messages.
 */
export function addRow(
  cells: readonly string[],
  columns: readonly ListColumn[],
  text: string,
  at: number,
  sink: ListSink,
): void {
  let isUsed = false
  for (const [i, cell] of cells.entries()) {
    const pictures = picturesIn(cell)
    for (const path of pictures) sink.picture(path, at)
    const isOther =
      pictures.length === 0 && columns[i]?.isFile && !EMPTY.has(cell.trim().toLowerCase())
    if (isOther) sink.other(cell.trim(), at)
    isUsed ||= isOther === true || pictures.length > 0
  }
  if (!isUsed) sink.unused(text, at)
}
