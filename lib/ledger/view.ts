import { plainName } from '../nearest-names'
import type { Section } from './ledger'
import { isApart, type Line, type NameLine } from './line'

/** Which part of the ledger is shown; all of it is in the URL. */
export interface LedgerView {
  /** Only lines in which two numbers certainly differ. */
  readonly onlyDifferences: boolean
  /** Part of a name; case and separators do not matter. */
  readonly find: string
}

/** @param search Query string; unknown keys are ignored. */
export function parseLedgerView(search: string): LedgerView {
  const params = new URLSearchParams(search)
  return { onlyDifferences: params.get('only') === 'differences', find: params.get('find') ?? '' }
}

/** Canonical query string of a view, without its question mark. */
export const formatLedgerView = ({ onlyDifferences, find }: LedgerView): string =>
  [
    ...(onlyDifferences ? ['only=differences'] : []),
    ...(find === '' ? [] : [`find=${encodeURIComponent(find)}`]),
  ].join('&')

/** Lines of published numbers that a view shows; the search is for names only. */
export const shownNumbers = (lines: readonly Line[], view: LedgerView): readonly Line[] =>
  view.onlyDifferences ? lines.filter(isApart) : lines

export type NameOrder = 'name' | 'images' | 'masks'

/** Lines of names that a view shows, in order: by name ascending, or by count descending. */
export function shownNames(
  lines: readonly NameLine[],
  { onlyDifferences, find }: LedgerView,
  order: NameOrder,
): readonly NameLine[] {
  const wanted = plainName(find)
  const shown = lines.filter(
    line =>
      (!onlyDifferences || line.isApart) &&
      (wanted === '' ? line.name.includes(find.trim()) : plainName(line.name).includes(wanted)),
  )
  if (order === 'name') return shown
  return [...shown].sort((a, b) => b[order] - a[order])
}

/** Number of lines that a view shows, and number of all lines. */
export const shownCount = (
  numbers: readonly Section<Line>[],
  names: readonly Section<NameLine>[],
  view: LedgerView,
): { readonly shown: number; readonly all: number } => ({
  shown:
    numbers.reduce((sum, { lines }) => sum + shownNumbers(lines, view).length, 0) +
    names.reduce((sum, { lines }) => sum + shownNames(lines, view, 'name').length, 0),
  all: [...numbers, ...names].reduce((sum, { lines }) => sum + lines.length, 0),
})
