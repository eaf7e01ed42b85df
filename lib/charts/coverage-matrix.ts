import type { TopLevelSpec } from 'vega-lite'
import { formatCount, formatShort } from '../format'
import { baseSpec, type Chart, countAxis, DATA } from './base'
import { type ChartTheme, DARK, LIGHT } from './colors'

/** What two values have in common; pairs that nothing has may be absent. */
export interface MatrixPair {
  readonly row: string
  readonly column: string
  readonly images: number
  /** null where masks cannot have both. */
  readonly masks: number | null
}

export type MatrixMeasure = 'images' | 'masks'
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
}

export interface CoverageMatrixOptions {
  readonly theme: ChartTheme
  readonly measure: MatrixMeasure
  readonly sort: MatrixSort
  /** What rows and columns are, for the tooltip. */
  readonly rowNoun: string
  readonly columnNoun: string
  /** Write the numbers into the cells. */
  readonly labels: 'full' | 'short' | 'none'
  /** Height of one row in px. */
  readonly step: number
}

const SEPARATOR = '\u001f'

/** The names of few columns need less of a slope. */
const FEW_COLUMNS = 12
/** Taller matrices name their columns below, too. */
const TALL_ROWS = 45

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
  const { measure, sort, theme, labels } = options
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
      const hidden = count === 0 && (before?.[measure] ?? 0) > 0
      return {
        ...{ value, row, column, count },
        images: pair?.images ?? 0,
        masks: pair ? pair.masks : 0,
        allImages: unfiltered ? (before?.images ?? 0) : null,
        allMasks: unfiltered ? (before?.masks ?? 0) : null,
        text: count > 0 && labels !== 'none' ? text(count) : '',
        ink: inkOn(count, max, theme),
        hole: hidden ? theme.ghost : 'transparent',
        edge: count > 0 || hidden ? 'transparent' : theme.ghost,
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

/** Viridis from `low` to `high`: few is near the background, and still apart from it. */
const extentOf = (theme: ChartTheme) =>
  theme === DARK ? { low: 0.12, high: 0.98 } : { low: 0.94, high: 0.06 }

/** Viridis is dark below its middle and light above. */
function inkOn(count: number, max: number, theme: ChartTheme): string {
  const { low, high } = extentOf(theme)
  const share = max > 1 && count > 0 ? Math.log(count) / Math.log(max) : 1
  return low + share * (high - low) < 0.45 ? LIGHT.background : LIGHT.text
}

function matrixSpec(
  rows: readonly string[],
  columns: readonly string[],
  max: number,
  hasAll: boolean,
  { theme, measure, rowNoun, columnNoun, labels, step }: CoverageMatrixOptions,
): TopLevelSpec {
  const { low, high } = extentOf(theme)
  const few = columns.length <= FEW_COLUMNS
  const tall = rows.length > TALL_ROWS
  const count = (field: string, title: string) => ({
    field,
    title,
    type: 'quantitative' as const,
    format: ',',
  })
  const x = (orient: 'top' | 'bottom') => ({
    field: 'column',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: [...columns], paddingInner: 0.06, paddingOuter: 0 },
    axis: {
      orient,
      title: null,
      labelColor: theme.text,
      labelLimit: 170,
      labelOverlap: false,
      labelAngle: (orient === 'top' ? -1 : 1) * (few ? 30 : 55),
      labelAlign: 'left' as const,
      labelBaseline: 'middle' as const,
    },
  })
  const hasMasks = measure === 'masks' || hasAll
  return {
    ...baseSpec(theme),
    // Sloping names reach a little further than their measure.
    padding: { left: 2, right: 6, top: 2, bottom: 6 },
    height: Math.max(rows.length, 1) * step,
    data: { name: DATA },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        sort: null,
        scale: { domain: [...rows], paddingInner: 0.08, paddingOuter: 0 },
        axis: { title: null, labelLimit: 150, labelColor: theme.text, labelOverlap: false },
      },
      tooltip: [
        { field: 'row', type: 'nominal', title: rowNoun },
        { field: 'column', type: 'nominal', title: columnNoun },
        count('images', 'images'),
        ...(hasMasks ? [count('masks', 'masks')] : []),
        ...(hasAll ? [count('allImages', 'images, unfiltered')] : []),
        ...(hasAll ? [count('allMasks', 'masks, unfiltered')] : []),
      ],
    },
    layer: [
      {
        transform: [{ filter: 'datum.count === 0' }],
        mark: { type: 'rect', strokeWidth: 1, cursor: 'pointer', aria: false },
        encoding: { x: x('top'), fill: raw('hole'), stroke: raw('edge') },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', cursor: 'pointer', aria: false },
        encoding: {
          // Where layers have axes of their own, one is enough.
          x: tall ? { ...x('top'), axis: null } : x('top'),
          fill: {
            field: 'count',
            type: 'quantitative',
            scale: {
              type: 'log',
              domain: [1, Math.max(max, 10)],
              scheme: { name: 'viridis', extent: [low, high] },
            },
            legend: {
              orient: 'bottom',
              direction: 'horizontal',
              gradientLength: 200,
              gradientThickness: 8,
              ...{ labelColor: theme.muted, titleColor: theme.muted, titleFontWeight: 400 },
              ...countAxis('log', `${measure}, logarithmic`, max),
            },
          },
        },
      },
      ...(labels === 'none'
        ? []
        : [
            {
              transform: [{ filter: "datum.text !== ''" }],
              mark: {
                type: 'text' as const,
                fontSize: 11,
                cursor: 'pointer' as const,
                aria: false,
              },
              encoding: {
                x: x('top'),
                text: { field: 'text', type: 'nominal' as const },
                color: raw('ink'),
              },
            },
          ]),
      ...(tall
        ? [
            {
              // Nothing but a second axis.
              transform: [{ filter: 'false' }],
              mark: { type: 'rect' as const },
              encoding: { x: x('bottom') },
            },
          ]
        : []),
    ],
    resolve: {
      // Holes have colours of their own, counts a scale.
      scale: { fill: 'independent' },
      legend: { fill: 'independent' },
      ...(tall && { axis: { x: 'independent' } }),
    },
  }
}

/** A field that already holds the visual value. */
const raw = (field: string) => ({ field, type: 'nominal' as const, scale: null, legend: null })
