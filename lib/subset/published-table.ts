import type { SplitName } from './recipe'
import {
  type Add,
  FOLD_FIELD,
  foldNumbers,
  SPLIT_FIELDS,
  splitCalled,
  splitInFold,
  stemOf,
} from './split-words'

/** What a table contains, for messages. */
export interface TableFound {
  readonly columns: readonly string[]
  /** Values of the column that should record the split; empty without such a column. */
  readonly values: readonly string[]
}

/**
 * Read a list of paths, or a table (comma, semicolon or tab) with a column that records the split.
 *
 * @param ofFile The split in the file name, for lists.
 * @param heldOut The fold that is val, from those that `foldsOfTable` finds.
 */
export function readTable(
  text: string,
  ofFile: SplitName | null,
  add: Add,
  heldOut: string | null = null,
): TableFound {
  const { lines, rows, columns } = rowsOf(text)
  const places = SPLIT_FIELDS.flatMap(name =>
    columns.includes(name) ? [columns.indexOf(name)] : [],
  )
  const valuesAt = (place: number) =>
    [...new Set(rows.slice(1).map(cells => cells[place]?.trim() ?? ''))].sort()
  const place = places.find(at => valuesAt(at).some(splitCalled)) ?? places[0]
  if (place === undefined) {
    for (const [nth, cells] of rows.entries()) {
      const split = ofFile ?? cells.map(splitCalled).find(Boolean) ?? null
      // A plain file name may contain a comma.
      const paths = cells.some(stemOf) ? cells : [lines[nth] ?? '']
      for (const path of paths) addLine(path, split, add)
    }
    // In a list, the first line is not a header.
    return { columns: stemOf(lines[0] ?? '') ? [] : columns, values: [] }
  }
  const foldAt = columns.indexOf(FOLD_FIELD)
  for (const cells of rows.slice(1)) {
    const own = splitCalled(cells[place] ?? '')
    const split = splitInFold(own, cells[foldAt], heldOut) ?? null
    for (const cell of cells) add(cell, split)
  }
  return { columns, values: valuesAt(place) }
}

/** The fold numbers in a table's column `fold`; null without such a column. */
export function foldsOfTable(text: string): string[] | null {
  const { rows, columns } = rowsOf(text)
  const at = columns.indexOf(FOLD_FIELD)
  return at < 0 ? null : foldNumbers(rows.slice(1).map(cells => cells[at]))
}

function rowsOf(text: string) {
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '')
  const between = separatorOf(lines[0] ?? '')
  const rows = lines.map(line => cellsOf(line, between))
  return { lines, rows, columns: (rows[0] ?? []).map(cell => cell.trim().toLowerCase()) }
}

/** A line of a list: a path, or an image with its mask or split, separated by spaces. */
function addLine(line: string, split: SplitName | null, add: Add): void {
  // A name may contain spaces, so only the extension marks its end.
  const words = line.trim().split(/(?<=\.png)\s+/i)
  const own = split ?? words.map(splitCalled).find(Boolean) ?? null
  for (const word of words) add(word, own)
}

/** The most frequent separator in a header: tab, semicolon or comma. */
function separatorOf(head: string): string {
  const countIn = (mark: string) => head.split(mark).length
  return ['\t', ';', ','].reduce((best, mark) => (countIn(mark) > countIn(best) ? mark : best))
}

/** Cells of a line. Cells may be quoted. */
function cellsOf(line: string, between: string): string[] {
  const cells: string[] = []
  const pattern = new RegExp(`(?:^|${between})(?:"((?:[^"]|"")*)"|([^${between}]*))`, 'g')
  for (const [, quoted, plain] of line.matchAll(pattern))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return cells
}
