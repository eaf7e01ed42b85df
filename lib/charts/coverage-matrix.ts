import { formatCount, formatShort } from '../format'
import type { Chart } from './base'
import { holeColors, inkOn } from './heat'
import { type MatrixLook, matrixSpec } from './matrix-spec'

/** Counts of two values together; pairs without images may be absent. */
export interface MatrixPair {
  readonly row: string
  readonly column: string
  readonly images: number
  /** Null for pairs of labels, because a mask has only one label. */
  readonly masks: number | null
}

export type MatrixMeasure = MatrixLook['measure']
export type MatrixSort = 'count' | 'name'

/** One cell; a hole has the count 0. */
export interface MatrixCell extends MatrixPair {
  /** Row and column in one text; `parseCellValue` reads it. */
  readonly value: string
  /** Unfiltered images; null if unknown. */
  readonly allImages: number | null
  readonly allMasks: number | null
  /** Images or masks, whichever is shown. */
  readonly count: number
  readonly text: string
  /** Colour of the number in the cell. */
  readonly ink: string
  /** Fill of a hole: grey if only the filter leaves nothing, empty if the manifest has nothing. */
  readonly hole: string
  readonly edge: string
  /** Whether the filter selects the cell. */
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
 * Heatmap of counts by two attributes on a logarithmic scale, with holes. Order and colours follow the
 * unfiltered counts, so that a filter does not change them.
 *
 * @param pairs Counts under the filter.
 * @param all Unfiltered counts; null if they have other values.
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

/** The values of rows and columns, by total or by name. */
export function matrixAxes(
  pairs: readonly MatrixPair[],
  measure: MatrixMeasure,
  sort: MatrixSort,
): { rows: string[]; columns: string[] } {
  const ordered = (side: 'row' | 'column') => {
    const totals = new Map<string, number>()
    // A value paired with itself has its total; adding the other pairs would count images twice.
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
