import { formatCount, formatShort } from '../format'
import type { Chart } from './base'
import { holeColors, inkOn } from './heat'
import { type MatrixLook, matrixSpec } from './matrix-spec'

/** What two values have in common; pairs that nothing has may be absent. */
export interface MatrixPair {
  readonly row: string
  readonly column: string
  readonly images: number
  /** null where masks cannot have both. */
  readonly masks: number | null
}

export type MatrixMeasure = MatrixLook['measure']
export type MatrixSort = 'count' | 'name'

/** One cell; a hole counts 0. */
export interface MatrixCell extends MatrixPair {
  /** Row and column, as `parseCellValue` reads them. */
  readonly value: string
  /** Unfiltered; null if not known. */
  readonly allImages: number | null
  readonly allMasks: number | null
  /** The measure that is shown. */
  readonly count: number
  readonly text: string
  /** Colour of the number in the cell. */
  readonly ink: string
  /** Fill of a hole: that of the filter is grey, that of the whole manifest is empty. */
  readonly hole: string
  readonly edge: string
  /** Whether the filter names it. */
  readonly picked: boolean
}

export interface CoverageMatrixOptions extends MatrixLook {
  readonly sort: MatrixSort
  readonly isPicked?: (cell: { readonly row: string; readonly column: string }) => boolean
}

const SEPARATOR = '\u001f'

/** The row and column of a cell's `value`. */
export function parseCellValue(value: string): { row: string; column: string } {
  const at = value.indexOf(SEPARATOR)
  return { row: value.slice(0, at), column: value.slice(at + 1) }
}

/**
 * Heatmap of counts by two attributes on a logarithmic scale, holes included. With unfiltered
 * counts the filter moves nothing: order and colours are those of the unfiltered counts.
 *
 * @param pairs Counts under the filter.
 * @param all Unfiltered counts; null where they do not cover the same values.
 */
export function coverageMatrix(
  pairs: readonly MatrixPair[],
  all: readonly MatrixPair[] | null,
  options: CoverageMatrixOptions,
): Chart<MatrixCell> {
  const { measure, sort, theme, labels, isPicked } = options
  const base = all ?? pairs
  const { rows, columns } = matrixAxes(base, measure, sort)
  const max = base.reduce((n, pair) => Math.max(n, pair[measure] ?? 0), 1)
  const found = new Map(pairs.map(pair => [cellValue(pair.row, pair.column), pair]))
  const unfiltered = all && new Map(all.map(pair => [cellValue(pair.row, pair.column), pair]))
  const text = labels === 'short' ? formatShort : formatCount
  const cells = rows.flatMap(row =>
    columns.map((column): MatrixCell => {
      const value = cellValue(row, column)
      const pair = found.get(value)
      const before = unfiltered?.get(value)
      const count = pair?.[measure] ?? 0
      return {
        value,
        row,
        column,
        count,
        picked: isPicked?.({ row, column }) ?? false,
        images: pair?.images ?? 0,
        masks: pair ? pair.masks : 0,
        allImages: unfiltered ? (before?.images ?? 0) : null,
        allMasks: unfiltered ? (before?.masks ?? 0) : null,
        text: count > 0 && labels !== 'none' ? text(count) : '',
        ink: inkOn(count, max, theme),
        ...holeColors(count, before?.[measure] ?? 0, theme),
      }
    }),
  )
  return { spec: matrixSpec(rows, columns, max, all !== null, options), rows: cells }
}

/** The values of both sides, by total or by name. */
export function matrixAxes(
  pairs: readonly MatrixPair[],
  measure: MatrixMeasure,
  sort: MatrixSort,
): { rows: string[]; columns: string[] } {
  const ordered = (side: 'row' | 'column') => {
    const totals = new Map<string, number>()
    // A value paired with itself says its own total; the others would count it again.
    const paired = pairs.some(pair => pair.row === pair.column)
    for (const pair of pairs) {
      const n = paired && pair.row !== pair.column ? 0 : (pair[measure] ?? 0)
      totals.set(pair[side], (totals.get(pair[side]) ?? 0) + n)
    }
    const byName = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
    return [...totals]
      .sort(([a, n], [b, m]) => (sort === 'count' ? m - n : 0) || byName(a, b))
      .map(([name]) => name)
  }
  return { rows: ordered('row'), columns: ordered('column') }
}

const cellValue = (row: string, column: string) => `${row}${SEPARATOR}${column}`
