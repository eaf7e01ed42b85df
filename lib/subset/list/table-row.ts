import type { ListSink } from './list-sink'
import { isFileName, picturesIn } from './named-pictures'

/** A column of a table of files. */
export interface ListColumn {
  readonly name: string
  /** Whether its name says that it holds files, so that every value is one. */
  readonly isFile: boolean
}

/** Values that mean "nothing" in tables of pandas, R and databases. */
const EMPTY = new Set(['', 'nan', 'none', 'null', 'na', 'n/a', '<na>', '-'])

export const columnsOf = (names: readonly string[]): ListColumn[] =>
  names.map(name => ({ name, isFile: isFileName(name) }))

/**
 * A row of a table: every picture in any of its cells, and what else a column of files holds.
 *
 * @param text The row as it is in the file, for messages.
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
